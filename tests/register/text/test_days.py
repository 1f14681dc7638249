"""Days are read as people write them, and never as another day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.days import read, written

FIRST_OF_FEBRUARY = date(2027, 2, 1)


@pytest.mark.parametrize(
    "typed",
    ["1.2.27", "1. 2. 2027", "1.2.2027", "01.02.2027", "2027-02-01", " 1.2.2027 ", "1 . 2 . 2027"],
)
def test_it_reads_what_people_type(typed):
    assert read(typed) == FIRST_OF_FEBRUARY


@pytest.mark.parametrize(
    "typed", ["", "-", "1.2.", "31.2.2027", "2/1/2027", "huomenna", "1.13.2027", "0.0.0"]
)
def test_what_is_no_day_or_could_be_two_is_not_guessed(typed):
    assert read(typed) is None


@given(st.dates())
def test_what_is_written_is_read_as_the_same(day):
    assert read(written(day)) == day
