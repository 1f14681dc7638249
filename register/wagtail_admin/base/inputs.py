"""Fields for days, amounts and phone numbers: written as they are here, and read as people type.

What is not understood comes back as it was typed.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin.widgets import AdminDateInput

from register.text import amounts, days, phone_numbers
from register.text.validators import validate_plausible_day


class DayInput(AdminDateInput):
    """A line for a day, with Wagtail's calendar beside it.

    The browser's own field shows the month first in an English browser, and takes nothing that
    is pasted.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "register-day", **(attrs or {})}, format="%d.%m.%Y")
        self.js_format = "j.n.Y"

    def get_config(self) -> dict[str, Any]:
        """Tell the calendar to leave alone what it can't read: it would put today in its place."""
        return {**super().get_config(), "validateOnBlur": False}

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["register/calendar.js"])

    def format_value(self, value: Any) -> str | None:
        return days.written(value) if isinstance(value, date) else value


class DayField(forms.DateField):
    widget = DayInput
    default_validators = [validate_plausible_day]
    default_error_messages = {"invalid": _("Write the day like this: 1.2.2027.")}

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            read = days.read(value)
            if read is None and value.strip():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return read
        return super().to_python(value)


class AmountField(forms.DecimalField):
    default_error_messages = {"invalid": _("Write the amount like this: 1 234,50.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            read = amounts.read(value)
            if read is None and value.strip():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return read
        return super().to_python(value)


class PhoneInput(forms.TextInput):
    input_type = "tel"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, PhoneNumber):
            return phone_numbers.written(value)
        return super().format_value(value)


class HiddenPhoneInput(PhoneInput):
    input_type = "hidden"


class PhoneField(PhoneNumberField):
    """A phone number of any country."""

    widget = PhoneInput
    hidden_widget = HiddenPhoneInput
