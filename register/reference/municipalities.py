"""Finnish municipalities (C12), shipped as data: see data/derive_municipalities.py.

Municipalities merge. One that is gone keeps its code, its days and its successor here, so that
a client who was recorded with it is shown with it.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from register.reference.alphabet import FINNISH_ORDER

from .clock import today

DATA = Path(__file__).parent / "data" / "municipalities.csv"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One row of the data.

    Attributes:
        valid_from: the first day; None where the data doesn't reach back to it.
        valid_until: the last day; None while the municipality exists.
        successor: the code of the one that it merged into, "" for none.
        successor_into: the Finnish of "into the successor".
    """

    code: str
    fi: str
    sv: str
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str = ""
    successor_into: str = ""

    def exists(self, on: date) -> bool:
        """Whether it is a municipality on the day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)

    @property
    def name(self) -> str:
        return self.sv if get_language() == "sv" else self.fi

    def __str__(self) -> str:
        """Return the name, and of a former municipality what became of it, and when."""
        if self.valid_until is None:
            return self.name
        heir = municipalities()[self.successor]
        return _("%(former)s (joined %(successor)s on %(day)s)") % {
            "former": self.name,
            "successor": self.successor_into if get_language() == "fi" else heir.name,
            "day": date_format(self.valid_until + timedelta(days=1), "SHORT_DATE_FORMAT"),
        }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def municipalities() -> dict[str, Municipality]:
    """Return code to municipality, former ones included, in Finnish alphabetical order."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [
            Municipality(
                **row | {name: _day(row[name]) for name in ("valid_from", "valid_until")}  # type: ignore[arg-type]
            )
            for row in csv.DictReader(file, delimiter=";")
        ]
    rows.sort(key=lambda row: row.fi.lower().translate(FINNISH_ORDER))
    return {row.code: row for row in rows}


def municipality_choices() -> list[tuple[str, str]]:
    """Return (code, name) of every municipality that a row can have, former ones included."""
    return [(code, str(municipality)) for code, municipality in municipalities().items()]


def validate_exists(value: str) -> None:
    """Refuse a former municipality for whoever is not recorded with it already."""
    municipality = municipalities().get(value)
    if municipality is not None and not municipality.exists(today()):
        raise ValidationError(
            _("There is no such municipality any more: %(municipality)s."),
            params={"municipality": municipality},
        )
