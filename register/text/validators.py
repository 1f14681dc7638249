"""Checks of single values. Each raises ValidationError with a message a person can act on."""

import re
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from stdnum.fi import ytunnus

from register.reference.clock import today

from .identity_codes import has_code
from .normal_form import lines

EARLIEST_BIRTH_YEAR = 1900
# No contract, training or service of the company is older, or reaches further.
EARLIEST_YEAR = 1950
YEARS_AHEAD = 100
IDENTITY_CODE = _(
    "The text holds a personal identity code. None is ever kept here: take it out of the text."
)
IDENTITY_CODE_REMOVED = _(
    "The text held a personal identity code. None is ever kept here, so it was removed from the "
    "text. Read the text through and try again."
)
TOO_LONG = ngettext_lazy(
    "The text can have %(limit_value)d character; yours has %(show_value)d. Shorten it.",
    "The text can have %(limit_value)d characters; yours has %(show_value)d. Shorten it.",
    "limit_value",
)
SAYS_NOTHING = _("Write something here: a text without letters or digits says nothing.")
PASTED_ROW = _("This looks like a whole row of a table. Write only what belongs into this field.")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def validate_business_id(value: str) -> None:
    """Check the form 1234567-1 and the check digit of a Finnish business ID (C07)."""
    if re.fullmatch("[0-9]{7}-[0-9]", value) and ytunnus.is_valid(value):
        return
    raise ValidationError(_("This is not a valid business ID (for example 1234567-1)."))


def validate_birth_year(value: int) -> None:
    """Check that a birth year lies between 1900 and this year (C13)."""
    if value < EARLIEST_BIRTH_YEAR:
        raise ValidationError(_("Birth year can't be before 1900."))
    if value > today().year:
        raise ValidationError(_("Birth year can't be in the future."))


def validate_not_in_future(value: date) -> None:
    if value > today():
        raise ValidationError(_("The date can't be in the future."))


def validate_printable(value: str) -> None:
    """Refuse control characters, which break files that are made of the value later."""
    if CONTROL_CHARACTERS.search(value):
        raise ValidationError(_("The text contains characters that can't be shown."))


def validate_no_identity_code(value: str) -> None:
    """Refuse a personal identity code (C23), without repeating it."""
    if has_code(value):
        raise ValidationError(IDENTITY_CODE, code="identity_code")


def validate_not_pasted_row(value: str) -> None:
    """Refuse a whole row of a table where one line of text belongs."""
    if "\t" in value or value.count(";") > 1 or value.count("@") > 1 or value.count("|") > 1:
        raise ValidationError(PASTED_ROW, code="pasted_row")


def validate_person_name(value: str) -> None:
    """Refuse what is a person's name and more: an address, a number, other fields."""
    if re.search(r"[\t\r\n;@|<>]|https?:|(?:\d[\s().-]*){5}", value):
        raise ValidationError(
            _("Write the name only. An address or a number has a field of its own."),
            code="pasted_row",
        )


def says_something(value: str) -> bool:
    """Whether a text is one: a dash, or three blanks, have neither a letter nor a digit.

    In its one form: what nobody sees is no letter, though Unicode calls the Hangul fillers so.
    """
    return any(character.isalnum() for character in lines(value))


def validate_says_something(value: str) -> None:
    """Refuse a dash or the like as an answer."""
    if value and not says_something(value):
        raise ValidationError(SAYS_NOTHING, code="says_nothing")


def validate_plausible_day(value: date) -> None:
    """Refuse a day whose year is mistyped, such as 0226 or 2206."""
    latest = today().year + YEARS_AHEAD
    if not EARLIEST_YEAR <= value.year <= latest:
        raise ValidationError(
            _("The year can't be %(year)d. It is between %(earliest)d and %(latest)d."),
            params={"year": value.year, "earliest": EARLIEST_YEAR, "latest": latest},
        )


def text_rules(*, one_line: bool, required: bool) -> list[Callable[[str], None]]:
    """Return the checks of a free text, whatever it is about."""
    rules: list[Callable[[str], None]] = [validate_printable, validate_no_identity_code]
    if one_line:
        rules.append(validate_not_pasted_row)
    if required:
        rules.append(validate_says_something)
    return rules
