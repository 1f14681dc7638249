"""Checks of single values. Each raises ValidationError with a message a person can act on."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BUSINESS_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
EARLIEST_BIRTH_YEAR = 1900
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def validate_business_id(value: str) -> None:
    """Check the form 1234567-1 and the check digit of a Finnish business ID (C07)."""
    match = re.fullmatch(r"(\d{7})-(\d)", value)
    if match:
        total = sum(
            int(digit) * weight for digit, weight in zip(match[1], BUSINESS_ID_WEIGHTS, strict=True)
        )
        remainder = total % 11
        if remainder != 1 and int(match[2]) == (11 - remainder) % 11:
            return
    raise ValidationError(_("This is not a valid business ID (for example 1234567-1)."))


def validate_birth_year(value: int) -> None:
    """Check that a birth year lies between 1900 and this year (C13)."""
    if value < EARLIEST_BIRTH_YEAR:
        raise ValidationError(_("Birth year can't be before 1900."))
    if value > timezone.localdate().year:
        raise ValidationError(_("Birth year can't be in the future."))


def validate_not_in_future(value: date) -> None:
    if value > timezone.localdate():
        raise ValidationError(_("The date can't be in the future."))


def validate_printable(value: str) -> None:
    """Refuse control characters, which break files that are made of the value later."""
    if CONTROL_CHARACTERS.search(value):
        raise ValidationError(_("The text contains characters that can't be shown."))
