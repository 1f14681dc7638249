"""What stands in a cell, column by column. What could mean two things is told, never guessed.

Each function raises ValidationError with what is wrong, in words, and never with what stands
there.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from register.domain.clients.importing.table import Cell, text_of
from register.models.orders import Manner
from register.text import amounts, days, phone_numbers
from register.text.folding import for_search
from register.text.normal_form import one_line

# What people write into a cell that has nothing to say.
NOTHING = frozenset(("-", "–", "—"))
# A number of more digits than Excel shows: 4,01E+08.
SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
YEAR = re.compile(r"\d{4}")
YES = frozenset(
    ("kyllä", "k", "on", "x", "1", "laskutettu", "ja", "j", "fakturerad", "yes", "y", "billed",
     "true", "tosi")
)  # fmt: skip
NO = frozenset(
    ("ei", "e", "0", "laskuttamatta", "ei laskutettu", "nej", "ej", "no", "n", "false", "epätosi")
)
MANNERS: Mapping[str, Manner] = {
    word: manner
    for manner, words in {
        Manner.IN_PERSON: (
            "lähi", "lähipalvelu", "lähiohjaus", "lähitapaaminen", "paikan päällä", "toimipaikalla",
            "på plats", "möte på plats", "in person",
        ),
        Manner.REMOTE: (
            "etä", "etäpalvelu", "etäohjaus", "etänä", "verkossa", "puhelin", "på distans",
            "möte på distans", "distans", "remote",
        ),
        Manner.MIXED: (
            "lähi ja etä", "etä ja lähi", "molemmat", "sekä että", "på plats och på distans",
            "båda", "both", "mixed", "in person and remote", "lähi etä",
            "lähipalvelu ja etäpalvelu",
        ),
    }.items()
    for word in words
}  # fmt: skip


def text(cell: Cell) -> str:
    """Return the text of a cell in one line; "" of one that says nothing."""
    found = one_line(text_of(cell))
    return "" if found in NOTHING else found


def phone(cell: Cell) -> str:
    """Return a phone number as it is dialled from abroad, or "" (C11).

    A number that a spreadsheet took for a sum has lost its zero, or more: that is told.
    """
    found = text(cell)
    if SCIENTIFIC.fullmatch(found) or isinstance(cell, float):
        raise ValidationError(
            _("The spreadsheet has rounded the phone number: write it again, as text.")
        )
    if not found:
        return ""
    if found[0] not in "+0(":
        raise ValidationError(
            _(
                "The phone number begins with neither 0 nor +: the spreadsheet may have dropped "
                "a zero. Write it as 040 1234567 or +358 40 1234567."
            )
        )
    number = phone_numbers.dialled(found)
    if not number:
        raise ValidationError(_("This is no phone number that can be dialled."))
    return number


def birth_year(cell: Cell) -> int | None:
    """Return the year of birth, or None (C13). A whole date of birth is refused (C23)."""
    found = text(cell)
    if isinstance(cell, date) or days.read(found):
        raise ValidationError(
            _("This is a whole date of birth. Only the year is kept: leave the rest out.")
        )
    if not found:
        return None
    if not YEAR.fullmatch(found):
        raise ValidationError(_("The birth year has four digits: 1980."))
    return int(found)


def day(cell: Cell) -> date:
    """Return the day that stands in a cell: 1.2.2027, 2027-02-01, or what is a day in Excel."""
    if isinstance(cell, date):
        return cell
    found = days.read(text(cell))
    if found is None:
        raise ValidationError(_("This is no day. Write it as 1.2.2027."))
    return found


def is_billed(cell: Cell) -> bool:
    """Return whether the service was billed already. What says neither yes nor no is refused."""
    found = for_search(text_of(cell)) or text_of(cell).strip()
    if found in YES:
        return True
    if found in NO:
        return False
    raise ValidationError(
        _("Write “kyllä” for a service that was billed already, “ei” for one that was not.")
    )


def manner(cell: Cell) -> Manner:
    """Return the manner of delivery (C15)."""
    found = MANNERS.get(for_search(text(cell)))
    if found is None:
        raise ValidationError(
            _("This is no manner of delivery: write “lähipalvelu”, “etäpalvelu” or “molemmat”.")
        )
    return found


def price(cell: Cell) -> Decimal:
    """Return an amount of money, of two decimals at most."""
    found = Decimal(str(cell)) if isinstance(cell, int | float) else amounts.read(text(cell))
    if found is None or found != found.quantize(Decimal("0.01")):
        raise ValidationError(_("This is no amount: write it as 120 or 120,50."))
    return found.quantize(Decimal("0.01"))
