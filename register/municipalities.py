"""Finnish municipalities (C12), shipped as data: see data/derive_municipalities.py."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data" / "municipalities.csv"
# Finnish order: å, ä, ö come last, in this order.
FINNISH_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    fi: str
    sv: str

    def __str__(self) -> str:
        return self.sv if get_language() == "sv" else self.fi


@cache
def municipalities() -> dict[str, Municipality]:
    """Return code to municipality, in Finnish alphabetical order."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [Municipality(**row) for row in csv.DictReader(file, delimiter=";")]
    rows.sort(key=lambda row: row.fi.lower().translate(FINNISH_ORDER))
    return {row.code: row for row in rows}


def municipality_choices() -> list[tuple[str, str]]:
    """Return (code, name) pairs for a form or model field."""
    return [(code, str(municipality)) for code, municipality in municipalities().items()]
