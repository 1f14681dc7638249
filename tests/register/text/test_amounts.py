"""Amounts are read as people write them, and never as another amount."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from register.text.amounts import read, written


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1\N{NO-BREAK SPACE}234,50", "1234.50"),
        ("1\N{NARROW NO-BREAK SPACE}234,50", "1234.50"),
        ("1234.5", "1234.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("120,-", "120"),
        ("120.–", "120"),
        ("120,00 €", "120.00"),
        ("120€", "120"),
        ("120 euroa", "120"),
        ("  0 ", "0"),
        ("-1", "-1"),
        ("\N{MINUS SIGN}1", "-1"),
        ("1.234", "1.234"),  # three decimals, which the field refuses: it could be 1 234
    ],
)
def test_it_reads_what_people_type(typed, amount):
    assert read(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "-", "sata", "1 23", "12 34,5", "1,2,3", "1.2.3", "0x10"])
def test_what_is_none_or_could_be_two_is_not_guessed(typed):
    assert read(typed) is None


@given(st.decimals(0, 9_999_999, places=2))
def test_what_is_written_is_read_as_the_same(amount):
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert read(written(amount)) == amount


def test_nothing_is_an_amount():
    assert written(Decimal(0)) == "0,00\N{NO-BREAK SPACE}€"
    assert written(Decimal("1234.5")) == "1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€"
