"""Amounts of money as people type them, and as they are written here."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format

# A sum as it stands in a price list or a bank's page: 120,- and 120,00 € and 1 234,50 EUR.
CURRENCY = re.compile(r"\s*(?:€|eur|euroa)\s*\Z", re.IGNORECASE)
NO_CENTS = re.compile(r"[,.]\s*[-–—]+\Z")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?")
POINTS_AND_COMMA = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d{1,2}")
COMMAS_AND_POINT = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d{1,2}")


def read(typed: str) -> Decimal | None:
    """Return the amount that was typed, or None where it could be two different ones, or none."""
    text = NO_CENTS.sub("", CURRENCY.sub("", typed.strip().replace("\N{MINUS SIGN}", "-"))).strip()
    if POINTS_AND_COMMA.fullmatch(text):
        text = text.replace(".", "")
    elif COMMAS_AND_POINT.fullmatch(text):
        text = text.replace(",", "")
    elif not GROUPED.fullmatch(text):
        return None
    try:
        return Decimal(re.sub(r"[\s'’]", "", text).replace(",", "."))
    except InvalidOperation:
        return None


def written(amount: Decimal) -> str:
    """Return an amount as it is written: 1 234,50 €, and 0,00 € for nothing."""
    figures = number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"{figures}\N{NO-BREAK SPACE}€"
