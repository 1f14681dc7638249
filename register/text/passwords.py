"""How much of a password is not guessed at once (C36, NIST SP 800-63B 3.1.1.2).

No rule of composition: length and what cannot be guessed count, not kinds of characters. Ready-made
meters know no Finnish: the best known one takes `kesäloma2026` for excellent.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from register.reference.common_words import ROWS, STEMS

SHORTEST, LONGEST = 12, 128  # characters
# So much has to be left where each known word and each run counts as one character.
LEAST_WEIGHT = 8
# Shorter parts of names stand in too many words.
SHORTEST_WORD = 3
# What an inflected form adds to a stem (kesälom-allani), less to a short one.
ENDING, SHORT_ENDING = "[a-z]{0,6}(?![a-z])", "[a-z]{0,3}(?![a-z])"
SHORT = 5  # letters
# Digits and signs in the place of a letter. A 1 is an i or an l.
LEET = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "€": "e", "!": "i"}
READINGS = tuple(str.maketrans(LEET | {"1": one}) for one in "il")
NEIGHBOURS = {
    pair for row in ROWS for letters in (row, row[::-1]) for pair in pairwise(letters)
}  # in both directions


def in_normal_form(password: str) -> str:
    """Return what is hashed and compared: composed (NFC), as keyboards differ in it."""
    return unicodedata.normalize("NFC", password)


def plain(text: str) -> str:
    """Return the text in small letters without accents, character by character."""
    return "".join(
        unicodedata.normalize("NFD", letter.lower())[0] for letter in in_normal_form(text)
    )


def words_of(*texts: str) -> set[str]:
    """Return the parts of names and addresses that nobody should make a password of."""
    parts = {part for text in texts for part in re.split(r"[\W\d_]+", plain(text)) if part}
    return {part for part in parts if len(part) >= SHORTEST_WORD}


def read(password: str) -> Iterator[str]:
    """Yield the plain password as it stands, and with its digits and signs read as letters."""
    text = plain(password)
    yield text
    for reading in READINGS:
        yield text.translate(reading)


def weight(password: str, words: Iterable[str] = ()) -> float:
    """Return how many characters are left of a password for somebody who knows the words.

    A known word, a run (aaaa, 1234, qwerty) and what is repeated count once; other digits, and
    what parts words, half. `words` are plain ones, beside those that everybody knows.
    """
    text = plain(password)
    known = _pattern(frozenset(words))
    return min(_weight(_once(text), _once(reading), known) for reading in read(password))


def _once(text: str) -> str:
    """Return the unit of which the whole text is a repetition, the last one perhaps cut short."""
    for length in range(1, len(text) // 2 + 1):
        if text == (text[:length] * (len(text) // length + 1))[: len(text)]:
            return text[:length]
    return text


def _weight(text: str, reading: str, known: re.Pattern[str]) -> float:
    total, at, end = 0.0, 0, min(len(text), len(reading))
    while at < end:
        word = known.match(reading, at)
        run = _run(text, at)
        length = max(word.end() - at if word else 0, run if run >= 3 else 0, 1)
        total += 0.5 if length == 1 and not text[at].isalpha() else 1
        at += length
    return total


def _run(text: str, at: int) -> int:
    """Return how many characters from here on are the same or neighbours."""
    end = at + 1
    while end < len(text) and (
        text[end] == text[end - 1] or (text[end - 1], text[end]) in NEIGHBOURS
    ):
        end += 1
    return end - at


@lru_cache(maxsize=32)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    known = sorted({*STEMS, *words, *map(_stem, words)}, key=len, reverse=True)
    forms = [re.escape(word) + (ENDING if len(word) >= SHORT else SHORT_ENDING) for word in known]
    return re.compile("|".join([*forms, *map(re.escape, known)]))


def _stem(word: str) -> str:
    """Return what stays of a Finnish name when it is inflected: Järvi, Järvellä; Aaltonen, -sen."""
    if len(word) <= SHORT:
        return word
    return word.removesuffix("nen") if word.endswith("nen") else word.rstrip("aeiouy") or word
