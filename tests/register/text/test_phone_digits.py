"""A phone number is found in each way of writing it."""

import pytest
from phonenumber_field.phonenumber import PhoneNumber

from register.text.phone_digits import stored_digits, typed_digits

STORED = stored_digits(PhoneNumber.from_string("+358401234567"))


@pytest.mark.parametrize(
    "typed",
    [
        "0401234567", "040 123 4567", "040-1234567", "040–123 4567", "+358 40 123 4567",
        "00358401234567", "00 358 40 1234567", "+358 (0)40 123 4567", "(040) 1234567",
        "358401234567", "0４01234567", "4567", "040", "40123",
    ],
)  # fmt: skip
def test_it_is_found(typed):
    assert any(typed_digits(typed) in digits for digits in STORED)


@pytest.mark.parametrize("typed", ["0501234567", "+46401234567", "04012345678"])
def test_another_is_not(typed):
    assert not any(typed_digits(typed) in digits for digits in STORED)


def test_a_foreign_number_has_its_own_national_form():
    assert stored_digits(PhoneNumber.from_string("+46701740621")) == ["46701740621", "0701740621"]


def test_no_number_has_no_digits():
    assert stored_digits("") == stored_digits(None) == []
    assert stored_digits("12 ei numero") == ["12"]
