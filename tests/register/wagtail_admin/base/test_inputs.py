"""Days, amounts and phone numbers are written as they are here, and read as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from phonenumber_field.phonenumber import PhoneNumber

from register.wagtail_admin.base.inputs import AmountField, DayField, DayInput, PhoneField


class Filled(forms.Form):
    day = DayField()
    amount = AmountField(max_digits=9, decimal_places=2, localize=True)
    phone = PhoneField()


AS_SHOWN = {"day": "1.2.2027", "amount": "1234,50", "phone": "+46 70 174 06 21"}
VALUES = {
    "day": date(2027, 2, 1),
    "amount": Decimal("1234.50"),
    "phone": PhoneNumber.from_string("+46701740621"),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_shown_as_it_is_written_here_and_read_again(name):
    bound = Filled(initial=VALUES)[name]
    assert f'value="{AS_SHOWN[name]}"' in str(bound)
    assert bound.field.clean(AS_SHOWN[name]) == VALUES[name]


@pytest.mark.parametrize("name", VALUES)
def test_what_a_hidden_field_says_is_read_again(name):
    form = Filled(initial=VALUES)
    field = form.fields[name]
    sent = field.hidden_widget().format_value(VALUES[name])
    assert field.clean(sent) == VALUES[name]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("day", "31.2.2027"), ("amount", "sata"), ("phone", "0401234567 iltaisin"), ("phone", "0x10")],
)
def test_what_is_not_understood_is_shown_as_it_was_typed(name, typed):
    form = Filled({name: typed})
    assert name in form.errors or name == "phone"
    assert f'value="{typed}"' in str(form[name])


@pytest.mark.parametrize("name", ["day", "amount"])
def test_blanks_are_nothing(name):
    field = Filled.base_fields[name]
    with pytest.raises(ValidationError) as refusal:
        field.clean("   ")
    assert refusal.value.code == "required"


def test_the_calendar_puts_nothing_in_place_of_what_it_cannot_read():
    assert DayInput().get_config()["validateOnBlur"] is False


def test_an_amount_with_three_decimals_is_refused_because_it_could_be_thousands():
    with pytest.raises(ValidationError):
        Filled.base_fields["amount"].clean("1.234")
