"""Single values: each refusal is a message a person can act on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from register.text.normal_form import lines
from register.text.validators import (
    says_something,
    text_rules,
    validate_birth_year,
    validate_business_id,
    validate_no_identity_code,
    validate_not_in_future,
    validate_not_pasted_row,
    validate_person_name,
    validate_plausible_day,
    validate_printable,
    validate_says_something,
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


def test_an_identity_code_is_refused_and_not_repeated():
    with pytest.raises(ValidationError) as refusal:
        validate_no_identity_code("Matti, hetu 131052-308T")
    assert "131052" not in str(refusal.value)


@pytest.mark.parametrize("row", ["Matti\t0401234567", "Matti;Meikäläinen;Vantaa", "a@b.fi c@d.fi"])
def test_a_row_of_a_table_is_refused_in_one_line(row):
    with pytest.raises(ValidationError):
        validate_not_pasted_row(row)


@pytest.mark.parametrize("text", ["Uraohjaus; ryhmä", "etunimi@example.org", "Tmi Matti | Vantaa"])
def test_one_line_may_have_such_signs(text):
    validate_not_pasted_row(text)


@pytest.mark.parametrize(
    "name",
    ["Matti Meikäläinen", "Anna-Liisa von Wright", "O'Brien, Seán", "Testi Henkilö12", "名前"],
)
def test_a_name_passes(name):
    validate_person_name(name)


@pytest.mark.parametrize(
    "name",
    ["Matti matti@example.org", "Matti\tVantaa", "Matti; Vantaa", "Matti 040 123 4567", "http://a"],
)
def test_what_is_more_than_a_name_is_refused(name):
    with pytest.raises(ValidationError):
        validate_person_name(name)


@pytest.mark.parametrize("text", ["-", "   ", "–", "…", "?!", "\n"])
def test_a_sign_is_no_answer(text):
    with pytest.raises(ValidationError):
        validate_says_something(text)


@pytest.mark.parametrize("text", ["", "0", "ö", "名", "- ei"])
def test_a_letter_or_a_digit_is_one(text):
    validate_says_something(text)


@pytest.mark.parametrize("day", [date(226, 2, 1), date(1949, 12, 31), date(2206, 2, 1)])
def test_a_year_that_cannot_be_meant_is_refused(day):
    with pytest.raises(ValidationError, match=str(day.year)):
        validate_plausible_day(day)


def test_other_years_pass():
    validate_plausible_day(date(1950, 1, 1))
    validate_plausible_day(timezone.localdate() + timedelta(days=99 * 365))


def test_only_one_line_has_no_row_and_only_what_is_required_says_something():
    assert validate_not_pasted_row not in text_rules(one_line=False, required=True)
    assert validate_says_something not in text_rules(one_line=True, required=False)


def test_what_leaves_nothing_in_its_one_form_says_nothing():
    """Of every character there is: what is stored as empty is refused where a text is asked for."""
    letters = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    kept = [each for each in letters if says_something(each) and not lines(each)]
    assert kept == []
    assert not says_something("\N{HANGUL FILLER}")
