"""Finnish personal identity codes, which the register never holds (C23).

Whoever pastes one with the rest of a text loses nothing but the code.
"""

import re
from datetime import date

from django.utils.translation import gettext as _

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# The sign says the century; those of the second and third column are in use since 2023.
CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣", "-"))
CODE = re.compile(
    r"(?<!\d)(\d\d)(\d\d)(\d\d)\s?([+YXWVUABCDEF‐‑‒–—−﹣-])\s?"
    rf"(\d{{3}})([{CHECK_CHARACTERS}])(?!\d)",
    re.IGNORECASE,
)


def is_code(match: re.Match[str]) -> bool:
    """Whether what looks like a code is one: a day that was, and its own check character."""
    day, month, year, sign, individual, check = match.groups()
    try:
        date(CENTURIES[sign.translate(DASHES).upper()] + int(year), int(month), int(day))
    except ValueError:
        return False
    remainder = int(f"{day}{month}{year}{individual}") % len(CHECK_CHARACTERS)
    return CHECK_CHARACTERS[remainder] == check.upper()


def has_code(text: str) -> bool:
    """Whether the text holds a personal identity code."""
    return any(is_code(match) for match in CODE.finditer(text))


def masked(text: str) -> str:
    """Return the text with each personal identity code replaced by words that say so."""
    return CODE.sub(
        lambda match: _("[identity code removed]") if is_code(match) else match[0], text
    )
