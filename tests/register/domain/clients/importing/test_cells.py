"""What stands in a cell is read as it is meant, or told: nothing is guessed (C11–C16)."""

import re
from datetime import date
from decimal import Decimal

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from register.domain.clients.importing import cells
from register.models.orders import Manner
from register.text import days


def refusal(parse, cell):
    with pytest.raises(ValidationError) as refused:
        parse(cell)
    (message,) = refused.value.messages
    assert not str(cell).strip() or str(cell) not in message or len(str(cell)) < 3
    return message


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("040 123 4567", "+358401234567"),
        ("040-1234567", "+358401234567"),
        ("+358 40 1234567", "+358401234567"),
        ("00358401234567", "+358401234567"),
        ("(09) 310 1691", "+35893101691"),
        ("+46 70 123 45 67", "+46701234567"),
        (" – ", ""),
        (None, ""),
    ],
)
def test_a_phone_number_is_read_however_it_is_written(cell, read):
    assert cells.phone(cell) == read


@pytest.mark.parametrize("cell", [401234567, "401234567", "358401234567", "50 123 4567"])
def test_a_lost_zero_is_told_and_not_guessed(cell):
    assert "nollan" in refusal(cells.phone, cell)


@pytest.mark.parametrize("cell", ["4,01E+08", "4.01235E+8", "4E8", 401234567.5])
def test_a_rounded_number_is_told(cell):
    assert "pyöristänyt" in refusal(cells.phone, cell)


@pytest.mark.parametrize("cell", ["0", "040 12", "0401234567 Aada", "+999 1", "021000,0"])
def test_what_can_not_be_dialled_is_told(cell):
    assert refusal(cells.phone, cell)


@given(st.text(st.sampled_from("0123456789+-() E,."), max_size=15))
def test_no_phone_number_is_invented(typed):
    """The oracle: the digits that were typed are the end of what is stored, and it is valid."""
    try:
        found = cells.phone(typed)
    except ValidationError:
        return
    if not found:
        return
    assert phonenumbers.is_valid_number(phonenumbers.parse(found))
    digits = re.sub(r"\D", "", typed.replace("(0)", ""))
    digits = digits.removeprefix("00") if digits.startswith("00") else digits
    assert found.endswith(digits.removeprefix("0")), (typed, found)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_day_is_read_in_each_form(day):
    iso, finnish = day.isoformat(), days.written(day)
    padded, short = f"{day:%d.%m.%Y}", f"{day.day}. {day.month}. {day.year}"
    assert {cells.day(each) for each in (day, iso, finnish, padded, short)} == {day}


@pytest.mark.parametrize("cell", [46000, 46000.5, "12/5/2026", "31.2.2026", "joulukuu", ""])
def test_what_could_be_two_days_or_none_is_told(cell):
    assert "1.2.2027" in refusal(cells.day, cell)


@pytest.mark.parametrize(("cell", "read"), [(1980, 1980), ("1980", 1980), ("", None), (None, None)])
def test_a_birth_year(cell, read):
    assert cells.birth_year(cell) == read


@pytest.mark.parametrize("cell", [date(1980, 2, 1), "1.2.1980", "1980-02-01"])
def test_a_whole_date_of_birth_is_refused(cell):
    assert "vuosi" in refusal(cells.birth_year, cell)


@pytest.mark.parametrize("cell", ["80", 80, 1980.5, "noin 1980"])
def test_no_birth_year_is_guessed(cell):
    assert "neljä" in refusal(cells.birth_year, cell)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Kyllä", True),
        ("x", True),
        (True, True),
        (1, True),
        ("EI", False),
        (False, False),
        (0, False),
    ],
)
def test_whether_it_was_billed(cell, read):
    assert cells.is_billed(cell) is read


@pytest.mark.parametrize("cell", [None, "", "-", "ehkä", "12.3.2026", 120])
def test_what_says_neither_yes_nor_no_is_told(cell):
    assert "kyllä" in refusal(cells.is_billed, cell)


def test_no_word_means_yes_and_no():
    assert not cells.YES & cells.NO


@pytest.mark.parametrize(
    ("cell", "read"),
    [("Etänä", Manner.REMOTE), ("lähi", Manner.IN_PERSON), ("Lähi/etä", Manner.MIXED)],
)
def test_manners(cell, read):
    assert cells.manner(cell) is read
    assert "lähipalvelu" in refusal(cells.manner, "jotenkin")


@pytest.mark.parametrize(
    ("cell", "read"),
    [("120", "120.00"), ("120,50 €", "120.50"), (120, "120.00"), (120.5, "120.50"), ("0", "0.00")],
)
def test_amounts(cell, read):
    assert cells.price(cell) == Decimal(read)


@pytest.mark.parametrize("cell", ["1,234", 1.234, "ilmainen", "1.234,567"])
def test_what_is_no_amount_is_told(cell):
    assert "120" in refusal(cells.price, cell)


def test_words_are_read_in_one_line():
    assert cells.text(" Aada \n Öhman ") == "Aada Öhman"
    assert cells.text("—") == ""
