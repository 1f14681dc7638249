"""Register numbers: random, readable aloud, never a hint at a person."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.identifiers import ALPHABET, new_register_number, normalise_register_number


def test_a_number_has_ten_symbols_that_are_not_misread():
    for _ in range(100):
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", new_register_number())


def test_numbers_are_not_repeated():
    assert len({new_register_number() for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "typed", ["abcde-12345", "ABCDE12345", " abcde 12345 ", "ABCDE-I2345", "abcdel2345"]
)
def test_what_a_person_types_finds_the_number(typed):
    assert normalise_register_number(typed) == "ABCDE-12345"


def test_the_letter_o_is_read_as_zero():
    assert normalise_register_number("OOOOO-ooooo") == "00000-00000"


@given(st.text(ALPHABET, min_size=10, max_size=10))
def test_a_stored_number_is_its_own_normal_form(symbols):
    number = f"{symbols[:5]}-{symbols[5:]}"
    assert normalise_register_number(number) == number
    assert normalise_register_number(number.lower()) == number


@given(st.text())
def test_nonsense_is_no_error(typed):
    normalise_register_number(typed)
