"""The billing file (C25, B01): what one line may hold, and how it is written.

A format is a plug-in: anything with `write`. It gets `Line`s and nothing else, so none can add a
personal field (B03). The default is the one here; others (Finvoice 3.0) are written beside it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from register.exporters.delimited import lines, representable
from register.inventory.registry import inventory
from register.inventory.vocabulary import Recipient

# The header the finance provider's import expects: fixed Finnish, whatever the user's language.
HEADINGS = {
    "name": "nimi",
    "email": "sähköpostiosoite",
    "service_name": "laskutettava palvelu",
}
SEPARATOR = " | "


class Line(NamedTuple):
    """One billed service: three personal facts, and what the invoice needs beside them (B02)."""

    name: str
    email: str
    service_name: str
    month: date
    amount: Decimal
    reference: str


class Format(Protocol):
    """A way of writing the lines of a batch."""

    def write(self, rows: Iterable[Line]) -> Iterator[bytes]:
        """Yield the file's content piece by piece, without holding the rows in memory."""


def personal_columns() -> list[str]:
    """Return the personal fields that the finance provider may get, from the inventory (C25)."""
    allowed = {name for _, name in inventory.allow_list(Recipient.FINANCE_PROVIDER)}
    return sorted(allowed, key=lambda name: list(HEADINGS).index(name) if name in HEADINGS else 99)


def is_as_promised() -> bool:
    """Whether the inventory allows exactly the three columns that the notice promises.

    What else a line holds is declared as parts of the third, and so told by the notice (B07).
    """
    parts = inventory.parts(Recipient.FINANCE_PROVIDER)
    return personal_columns() == list(HEADINGS) and Line._fields == (*HEADINGS, *parts)


class DelimitedFile:
    """Three columns between semicolons, in UTF-8 with a byte order mark or in ISO-8859-15.

    The third holds `catalogue name | month | amount | line reference`, as Finns write them:
    month 01/2026, amount 120,00 (euros, VAT included). Split it from the right: a catalogue
    name may hold the separator, the other three can't.

    Args:
        encoding: "utf-8-sig" or "iso-8859-15", as the finance provider's import wants it.
    """

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    def write(self, rows: Iterable[Line]) -> Iterator[bytes]:
        yield "".join(lines([tuple(HEADINGS.values())])).encode(self.encoding)
        # Only the beginning of the file carries the byte order mark.
        encoding = "utf-8" if self.encoding == "utf-8-sig" else self.encoding
        for text in lines(map(self._cells, rows)):
            yield text.encode(encoding)

    def _cells(self, row: Line) -> tuple[str, ...]:
        name, email, service_name, month, amount, reference = row
        billed = f"{service_name}{SEPARATOR}{_price(month, amount)}{SEPARATOR}{reference}"
        if self.encoding == "utf-8-sig":
            return name, email, billed
        return tuple(representable(cell, self.encoding) for cell in (name, email, billed))


@lru_cache(maxsize=10_000)
def _price(month: date, amount: Decimal) -> str:
    euros = f"{amount:.2f}".replace(".", ",")
    return f"{month:%m/%Y}{SEPARATOR}{euros}"
