"""A CSV file is read as it was written, or refused in words (C22)."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.domain.clients.importing import csv_file, table
from register.exceptions import FileUnfit

HEADINGS = ["Nimi", "Sähköposti", "Puhelin"]
AADA = ["Aada Öhman", "aada@example.org", "040 1234567"]
ENCODINGS = {"utf-8-sig": "UTF-8 (BOM)", "utf-8": "UTF-8", "cp1252": "Windows-1252"}
# What both encodings have, and no control character but the line break inside a cell.
CELLS = st.text(st.sampled_from("aAäÄöÖåÅéŽ€ 1;,\t\"'\n=+-@–”"), max_size=8)


def written(rows, *, delimiter=";", encoding="utf-8", first=""):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return (first + file.getvalue()).encode(encoding)


def rows_of(data):
    return csv_file.read(data).sheets[0].rows


def plain(rows):
    return table.within_limits([table.row_of(row) for row in rows])


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5),
    st.sampled_from(csv_file.DELIMITERS),
    st.sampled_from(sorted(ENCODINGS)),
    st.booleans(),
)
def test_what_was_written_is_read(rows, delimiter, encoding, says):
    """Each encoding and delimiter, with its line about the delimiter or under known headings."""
    rows = [HEADINGS, *rows]
    first = f"sep={delimiter}\r\n" if says else ""
    data = written(rows, delimiter=delimiter, encoding=encoding, first=first)
    found = csv_file.read(data)
    assert found.sheets[0].rows == plain(rows)
    assert found.delimiter == delimiter
    # "é" in Windows-1252 can be valid UTF-8 by chance, two letters at a time: never here.
    assert found.form == ENCODINGS[encoding]


@pytest.mark.parametrize(("encoding", "form"), ENCODINGS.items())
def test_the_encoding_is_told(encoding, form):
    assert csv_file.read(written([HEADINGS, AADA], encoding=encoding)).form == form


def test_commas_inside_cells_are_not_taken_for_the_delimiter():
    rows = [HEADINGS, ["Öhman, Aada", "a@example.org", "040 1234567"]]
    assert rows_of(written(rows)) == plain(rows)


def test_titles_above_and_empty_rows_keep_the_numbers():
    data = b"Asiakkaat 2026\r\n\r\nNimi;Puhelin\r\nAada;040 1234567\r\n\r\n"
    assert rows_of(data) == (
        ("Asiakkaat 2026",),
        (),
        ("Nimi", "Puhelin"),
        ("Aada", "040 1234567"),
    )


REFUSED = {
    "UTF-16": ("Nimi;Puhelin".encode("utf-16"), "UTF-16"),
    "NUL": (b"Nimi;Puhelin\nA\0da;1", "ei ole taulukko"),
    "a broken BOM": (codecs.BOM_UTF8 + b"\xe4", "ei ole"),
    "neither": (b"Nimi;\x81\x8d", "Windows-1252"),
    "another sign": (b"sep=|\r\nNimi|Puhelin", "muulla merkill"),
    "quotes": (b'Nimi;Puhelin\r\n"Aada;1\r\nEero;2', "rivi 2|rivillä 2|riviltä 2"),
    "a long cell": (b"Nimi;Puhelin\n" + b"a" * 200_000, "rivi"),
    "too wide": (b";".join([b"a"] * 101), "100"),
    "too long": (b"a;b\n" * 301, "300"),
    "far too long": (b"\n" * 3000 + b"a;b\n", "300"),
}


@pytest.mark.parametrize(("data", "says"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_read_without_guessing_is_refused_in_words(data, says):
    with pytest.raises(FileUnfit) as refusal:
        csv_file.read(data)
    assert any(each in refusal.value.reason for each in says.split("|")), refusal.value.reason
    assert "ada" not in refusal.value.reason.lower()


def test_fifty_columns_are_read():
    rows = [[f"Sarake {n}" for n in range(50)], [str(n) for n in range(50)]]
    assert rows_of(written(rows)) == plain(rows)
