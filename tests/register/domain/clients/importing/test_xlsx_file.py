"""A workbook is read as Excel shows it, or refused in words (C22)."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.domain.clients.importing import table, xlsx_file, xlsx_parts
from register.exceptions import FileUnfit
from tests.register.domain.clients.importing import workbooks

ROWS = [
    ["Asiakkaat", None, "", 1],
    [],
    ["Nimi", date(2026, 2, 1), 401234567, True],
    ["Öhman & <Co>", None, 12.5],
]
CELLS = st.one_of(
    st.none(),
    st.text(st.sampled_from("aäÖ€ \"'<&>;="), max_size=6),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)


def sheet(inside):
    return workbooks.archive(workbooks.parts({"A": inside}))


def plain(rows):
    return table.within_limits([table.row_of(row) for row in rows])


def test_values_are_read_as_they_are_meant():
    found = xlsx_file.read(workbooks.workbook(Muuta=[["x"]], Asiakkaat=ROWS))
    assert [each.name for each in found.sheets] == ["Muuta", "Asiakkaat"]
    assert found.sheets[1].rows == plain(ROWS)
    assert found.form == "Excel"


@given(st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=5))
def test_what_was_written_is_read(rows):
    rows = [["Nimi"], *rows]
    assert xlsx_file.read(workbooks.workbook(A=rows)).sheets[0].rows == plain(rows)


def test_what_is_hidden_or_merged_is_told():
    inside = (
        '<cols><col min="2" max="3" hidden="1"/></cols>'
        + workbooks.rows_xml([["Nimi", "Puhelin"], ["Aada", "1"], ["Eero", "2"], []], hidden=(2, 4))
        + '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    )
    data = workbooks.archive(workbooks.parts({"A": inside, "B": ""}, hidden=("A",)))
    found = xlsx_file.read(data).sheets[0]
    assert (found.hidden_rows, found.hidden_columns, found.merged) == ((2,), (2,), ("A2:A3",))
    assert found.is_hidden


def test_a_formula_counts_as_what_was_last_computed():
    inside = (
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        "</sheetData>"
    )
    found = xlsx_file.read(sheet(inside)).sheets[0]
    assert found.rows == ((2,),)
    assert found.without_value == (2,)


def test_styled_cells_far_away_take_no_room():
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    inside = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData>'
    assert xlsx_file.read(sheet(inside)).sheets[0].rows == ((1,),)


def bomb():
    made = workbooks.parts({"A": ""})
    return workbooks.archive({**made, "xl/media/a.xml": b"0" * (xlsx_parts.MOST_UNPACKED + 1)})


def lying():
    """One that says it is small, and is not."""
    data = bytearray(workbooks.archive({"xl/workbook.xml": b"0" * 100_000}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def many_times_one_text():
    """A text of a megabyte in each of fifty cells: fifty megabytes from one."""
    cells = '<c t="s"><v>0</v></c>' * 50
    made = workbooks.parts({"A": f"<sheetData><row>{cells}</row></sheetData>"})
    text = f'<sst xmlns="{workbooks.MAIN}"><si><t>{"a" * 1_000_000}</t></si></sst>'
    return workbooks.archive({**made, "xl/sharedStrings.xml": text})


def entities():
    made = workbooks.parts({"A": ""})
    doctype = '<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'
    return workbooks.archive({**made, "xl/worksheets/s1.xml": doctype})


def twice_one_name():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "a")
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("xl/workbook.xml", "b")
    return file.getvalue()


REFUSED = {
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0rest", "vanha"),
    "a bomb": (bomb, "liian suuri"),
    "one that lies about its size": (lying, "vioittunut"),
    "one text many times": (many_times_one_text, "liian suuri"),
    "entities": (entities, "vioittunut"),
    "twice one name": (twice_one_name, "vioittunut"),
    "another archive": (lambda: workbooks.archive({"a.txt": "x"}), "ei ole Excel"),
    "no archive": (lambda: b"PK\x03\x04 rest", "vioittunut"),
    "nothing": (lambda: workbooks.workbook(A=[]), "tyhjä"),
    "too long": (
        lambda: sheet('<sheetData><row r="301"><c r="A301"><v>1</v></c></row></sheetData>'),
        "300",
    ),
    "too wide": (
        lambda: sheet('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'),
        "100",
    ),
    "no XML": (lambda: workbooks.archive({"xl/workbook.xml": "<a"}), "vioittunut"),
}


@pytest.mark.parametrize(("data", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_damaged_or_swells_is_refused_in_words(data, says):
    with pytest.raises(FileUnfit) as refusal:
        xlsx_file.read(data())
    assert says in refusal.value.reason
