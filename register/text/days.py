"""Days as people type them."""

import re
from datetime import date

FINNISH = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{1,4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
CENTURY = 2000  # of a year typed with two digits


def read(typed: str) -> date | None:
    """Return the day that was typed (1.2.27, 1. 2. 2027, 2027-02-01), or None."""
    typed = typed.strip()
    if match := FINNISH.fullmatch(typed):
        day, month, year = match.groups()
    elif match := ISO.fullmatch(typed):
        year, month, day = match.groups()
    else:
        return None
    full_year = int(year) + (CENTURY if len(year) <= 2 else 0)
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


def written(day: date) -> str:
    """Return a day as it is written here: 1.2.2027. `read` reads it again."""
    return f"{day.day}.{day.month}.{day.year:03}"
