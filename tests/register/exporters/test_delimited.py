"""Cells that a spreadsheet can't run, lines that any reader takes apart again."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register.exporters.delimited import lines, neutral, representable

# Without the apostrophe, which neutralises: so that what comes back can be told from what went in.
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0'"))
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1)


@pytest.mark.parametrize("cell", ["=1+1", "+358", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_it_neutralises_what_a_spreadsheet_would_run(cell):
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Matti", "a=b", "matti@example.org", "'=1", " =1"])
def test_it_leaves_other_cells_alone(cell):
    assert neutral(cell) == cell


def test_it_quotes_as_rfc_4180_says():
    assert list(lines([["a;b", 'c"d', "e\r\nf", "g"]])) == ['"a;b";"c""d";"e\r\nf";g\r\n']


@given(ROWS)
@example([('";"', "=1;2", "\r\n")])
def test_an_independent_reader_gets_every_cell_back(rows):
    text = "".join(lines(rows))
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == list(map(list, rows))
    assert not any(_runs(cell) for row in read for cell in row)


def _runs(cell: str) -> bool:
    return cell[:1] in set("=+-@\t\r\n＝＋－＠")


def test_what_the_encoding_lacks_becomes_a_number_that_leads_back_to_it():
    assert representable("Erdős Łukasz €", "iso-8859-15") == "Erd&#337;s &#321;ukasz €"


def test_decomposed_letters_are_composed_first():
    assert representable("Aalto a\u0308", "iso-8859-15") == "Aalto ä"


@given(CELLS)
def test_nothing_is_lost_in_any_encoding(cell):
    import html
    import unicodedata

    shown = representable(cell, "iso-8859-15")
    shown.encode("iso-8859-15")
    if "&" not in cell:
        back = html.unescape(shown) if shown != cell else shown
        assert unicodedata.normalize("NFC", back) == unicodedata.normalize("NFC", cell)
