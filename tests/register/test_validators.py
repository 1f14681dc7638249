"""Single values: each refusal is a message a person can act on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from register.validators import (
    validate_birth_year,
    validate_business_id,
    validate_not_in_future,
    validate_printable,
)


@pytest.mark.parametrize("value", ["1937104-7", "0737546-2", "0112038-9", "1572860-0"])
def test_a_business_id_with_its_check_digit_passes(value):
    validate_business_id(value)


@pytest.mark.parametrize(
    "value",
    ["1937104-8", "19371047", "193710-7", "1937104-", "1937104-77", "A937104-7", "", " 1937104-7"],
)
def test_another_is_refused(value):
    with pytest.raises(ValidationError):
        validate_business_id(value)


@pytest.mark.parametrize("digit", range(10))
def test_where_the_sum_leaves_one_no_check_digit_fits(digit):
    # 7×0 + 9×0 + 10×0 + 5×0 + 8×0 + 4×0 + 2×6 = 12, and 12 mod 11 = 1: never given.
    with pytest.raises(ValidationError):
        validate_business_id(f"0000006-{digit}")


@pytest.mark.parametrize("position", range(7))
def test_one_mistyped_digit_is_noticed(position):
    digits = list("1937104")
    digits[position] = str((int(digits[position]) + 1) % 10)
    with pytest.raises(ValidationError):
        validate_business_id("".join(digits) + "-7")


def test_birth_years_from_1900_to_this_year_pass():
    validate_birth_year(1900)
    validate_birth_year(timezone.localdate().year)


@pytest.mark.parametrize("year", [1899, 0, -5, 9999])
def test_other_birth_years_are_refused(year):
    with pytest.raises(ValidationError):
        validate_birth_year(year)


def test_next_year_is_refused_as_birth_year():
    with pytest.raises(ValidationError):
        validate_birth_year(timezone.localdate().year + 1)


def test_today_is_not_in_the_future():
    validate_not_in_future(timezone.localdate())
    with pytest.raises(ValidationError):
        validate_not_in_future(timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize("value", ["Testi\x00", "\x0bTesti", "Te\x1fsti", "Testi\x7f"])
def test_control_characters_are_refused(value):
    with pytest.raises(ValidationError):
        validate_printable(value)


@pytest.mark.parametrize("value", ["", "Äiti Ñandú-Őry", "rivi\nrivi", "名前"])
def test_other_text_passes(value):
    validate_printable(value)
