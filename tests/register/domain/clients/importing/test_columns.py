"""Columns are guessed from Finnish, Swedish and English headings, and never two alike."""

import pytest

from register.domain.clients.importing import columns
from register.domain.clients.importing.columns import Column


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Sähköposti", Column.EMAIL),
        ("SÄHKÖPOSTI ", Column.EMAIL),
        ("E-post", Column.EMAIL),
        ("Phone number", Column.PHONE),
        ("Syntymävuosi", Column.BIRTH_YEAR),
        ("Släktnamn", Column.LAST_NAME),
        ("Hinta (€)", Column.PRICE),
        ("Laskutettu?", Column.BILLED),
        ("Kengännumero", None),
        ("", None),
    ],
)
def test_a_heading_is_known(heading, column):
    assert columns.column_of(heading) == column


def test_no_heading_means_two_things():
    words = [word for each in columns.HEADINGS.values() for word in each]
    assert len(words) == len(set(words))
    assert not set(words) & columns.OF_IDENTITY_CODES


def test_every_heading_is_found_as_it_is_folded():
    for column, words in columns.HEADINGS.items():
        assert {columns.column_of(word) for word in words} == {column}


def test_of_two_alike_the_first_is_guessed():
    assert columns.guessed(["Nimi", "nimi", "x"]) == [Column.NAME, None, None]


def test_headings_are_looked_for_below_titles():
    rows = [("Asiakkaat",), (), ("Nimi", "Puhelin", "x"), ("Aada", "040 1234567", "Nimi")]
    assert columns.heading_row(rows) == 3
    assert columns.heading_row([("Nimi",), ("Aada",)]) is None


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (100, "CV")])
def test_a_column_is_named_as_in_a_spreadsheet(number, letter):
    assert columns.letter(number) == letter
