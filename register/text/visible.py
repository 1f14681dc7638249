"""Whether a text says anything: what nobody can see is no answer and no name."""

import unicodedata

# Letters and symbols that are drawn as nothing, beside what Unicode calls format, control,
# separator, unassigned, or a mark without a letter to stand on.
DRAWN_AS_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"))


def is_visible(text: str) -> bool:
    """Whether at least one character of the text can be seen."""
    return any(
        unicodedata.category(character) not in UNSEEN and character not in DRAWN_AS_NOTHING
        for character in text
    )
