"""What two texts have in common though they are written differently: case, accents, punctuation.

Å, ä and ö are letters of their own, and only the same letter finds them; other accents, which
few keyboards have, are left out. Two foldings: one to search by, one to order by.
"""

import re
import unicodedata

from register.reference.alphabet import FINNISH_ORDER
from register.text.normal_form import one_line

RING, DIAERESIS = "\u030a", "\u0308"
ACCENTED = re.compile("([a-z])([\u0300-\u036f]+)")
APOSTROPHES = re.compile("['`\xb4\u02b9\u02bc\u2018\u2019\u2032]")
# What stays inside a word that is searched for: an address is one word.
OF_ADDRESSES = "@._+"
# Letters that Unicode takes for no other letter with an accent, as Finnish order files them.
FILED_AS = str.maketrans(
    {
        "æ": "ä", "ø": "ö", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ǥ": "g", "ħ": "h",
        "ı": "i", "ł": "l", "ŋ": "n", "ŧ": "t", "ʒ": "z",
    }
)  # fmt: skip


def for_search(text: str) -> str:
    """Return the words of a text as they are searched for, with a blank between them.

    Hyphens part words, so that a half of a double name finds it, and a part of an address too.
    """
    return " ".join(
        word for each in _folded(text, kept=OF_ADDRESSES).split() if (word := each.strip("."))
    )


def for_order(text: str) -> str:
    """Return the words of a text as they are ordered: byte by byte this is … z å ä ö.

    V and w are two letters, and ü is filed as y, as Unicode's rules for Finnish have it (CLDR).
    """
    return " ".join(_folded(text, u_umlaut="y").translate(FINNISH_ORDER).split())


def without_accents(text: str) -> str:
    """Return the words as whoever has no å, ä and ö types them: for names from a closed list."""
    plain = unicodedata.normalize("NFKD", for_search(text))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _folded(text: str, *, kept: str = "", u_umlaut: str = "u") -> str:
    text = APOSTROPHES.sub("", one_line(text))
    text = unicodedata.normalize("NFKC", text).casefold()
    text = ACCENTED.sub(
        lambda found: _base(found[1], found[2], u_umlaut), unicodedata.normalize("NFKD", text)
    ).translate(FILED_AS)
    return "".join(
        letter if letter.isalnum() or letter in kept else " "
        for letter in text
        if not unicodedata.combining(letter)
    )


def _base(letter: str, accents: str, u_umlaut: str) -> str:
    if letter == "a" and RING in accents:
        return "å"
    if DIAERESIS in accents:
        return {"a": "ä", "o": "ö", "u": u_umlaut}.get(letter, letter)
    return letter
