"""Phone numbers: what is understood of them, and how they are written."""

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber

from .validators import validate_no_identity_code


def written(number: PhoneNumber) -> str:
    """Return a number as it is dialled from here, which is read again as the same number.

    Only a number of the project's own country goes without its country code. What is no possible
    number comes back as it was typed.
    """
    if not number.is_valid():
        return str(number.raw_input or "")
    own = phonenumbers.country_code_for_region(settings.PHONENUMBER_DEFAULT_REGION)
    return str(number.as_national if number.country_code == own else number.as_international)


def dialled(text: str) -> str:
    """Return a typed number as a telephone dials it from anywhere, or "" when it is none."""
    try:
        number = PhoneNumber.from_string(text)
    except phonenumbers.NumberParseException:
        return ""
    return str(number.as_e164) if number.is_valid() and not number.extension else ""


def validate_can_be_dialled(value: str) -> None:
    """Refuse what no telephone could dial; what can be dialled is shown as it was typed (C08)."""
    if not dialled(value):
        raise ValidationError(_("This is not a phone number that can be dialled."))


def validate_only_a_number(value: PhoneNumber) -> None:
    """Refuse letters and extensions, which would be read as other digits or dropped (C11)."""
    validate_no_identity_code(value.raw_input or "")
    if value.extension or any(character.isalpha() for character in value.raw_input or ""):
        raise ValidationError(
            _("Write the phone number only, without words or an extension: 040 1234567.")
        )
