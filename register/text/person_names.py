"""The order of people by their surnames, where a name is one field.

The rule: what stands before a comma is the surname; without a comma the last word is. A name of
one word is a surname. "Jr", "III" and the like end a name and are no part of the surname.
Particles before a surname (von, af, de …) are not filed by: Georg Henrik von Wright stands under
W, as in Finnish library catalogues (IFLA, Names of Persons: Finland). A surname of two words or
halves comes after the same surname alone: Aho, Matti; Aho-Laine, Anna; Ahola, Eero.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations

from register.text.folding import for_order
from register.text.normal_form import one_line

LONGEST_KEY = 255
PARTICLES = frozenset({"af", "av", "de", "den", "der", "van", "von", "zu"})
SUFFIXES = frozenset(
    {"jr", "jun", "sr", "sen", "ii", "iii", "iv", "nuorempi", "vanhempi", "dy", "d|"}
)
# Both stand before every letter and digit: parts of a name are compared before its letters.
BETWEEN_NAMES, BETWEEN_HALVES = " ", "!"
# Of more words each may still be the surname, but not in every order: 5 words have 120.
MOST_PERMUTED = 4


def person_key(name: str) -> str:
    """Return the key by which people are ordered: surname, then the other names."""
    before, _comma, after = one_line(name).partition(",")
    words, rest = before.split(), after.replace(",", " ").split()
    if all(map(_is_suffix, rest)):
        words += rest
        cut = len(words)
        while cut > 2 and _is_suffix(words[cut - 1]):
            cut -= 1
        surname, others = words[cut - 1 : cut], words[: cut - 1] + words[cut:]
    else:
        surname, others = words, rest
    while len(surname) > 1 and _is_particle(surname[0]):
        surname.pop(0)
    while others and _is_particle(others[-1]):
        others.pop()
    others.sort(key=_is_suffix)
    return _key(_folded(surname), _folded(others))


def arrangements(name: str) -> set[str]:
    """Return the keys of all names that have the same words, in any order, with a comma or not."""
    words = for_order(name).split()
    without_particles = [word for word in words if word not in PARTICLES]
    keys = {
        _key(turned[:end], turned[end:])
        for some in (words, without_particles)
        for turned in _turned(some)
        for end in range(1, len(some) + 1)
    }
    return keys | {person_key(name)}


def _turned(words: list[str]) -> Iterable[Sequence[str]]:
    if len(words) <= MOST_PERMUTED:
        return permutations(words)
    return (words[start:] + words[:start] for start in range(len(words)))


def _key(surname: Sequence[str], others: Sequence[str]) -> str:
    halves = BETWEEN_HALVES.join(surname)
    return f"{halves}{BETWEEN_NAMES}{BETWEEN_NAMES.join(others)}".strip()[:LONGEST_KEY]


def _folded(words: Sequence[str]) -> list[str]:
    return for_order(" ".join(words)).split()


def _is_particle(word: str) -> bool:
    return for_order(word) in PARTICLES


def _is_suffix(word: str) -> bool:
    return for_order(word).replace(" ", "") in SUFFIXES
