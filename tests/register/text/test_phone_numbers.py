"""A number is written so that it is read as the same one."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from phonenumber_field.phonenumber import PhoneNumber, to_python

from register.text.phone_numbers import dialled, validate_only_a_number, written
from tests.integration.values import phone_numbers


@given(phone_numbers())
def test_what_is_written_is_read_as_the_same(number):
    assert to_python(written(to_python(number)), region="FI").as_e164 == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+358401234567", "040 1234567"),
        ("+35818123456", "018 123456"),  # Åland
        ("+46701740621", "+46 70 174 06 21"),
        ("puhelin", "puhelin"),
    ],
)
def test_only_a_foreign_one_has_its_country_code(number, words):
    assert written(to_python(number)) == words


@pytest.mark.parametrize("typed", ["0401234567", "+358 (0)40-123 4567", "040.123.4567", ""])
def test_a_number_alone_passes(typed):
    validate_only_a_number(to_python(typed, region="FI") or PhoneNumber())


@pytest.mark.parametrize(
    "typed",
    ["0401234567 iltaisin", "0x10", "0401234567 ext. 5", "0401234567;ext=5", "0401234567x5"],
)
def test_words_and_extensions_are_refused(typed):
    with pytest.raises(ValidationError):
        validate_only_a_number(to_python(typed, region="FI"))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("010 420 4140", "+358104204140"),
        ("040 767 6884", "+358407676884"),
        ("+46 70 174 06 05", "+46701740605"),
        ("09-123 456", "+3589123456"),
        ("soita meille", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_a_typed_number_is_dialled_from_anywhere(typed, number):
    assert dialled(typed) == number
