"""Workbooks as tests need them, also such as no program would write."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FORMATS = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
STYLES = f'<styleSheet xmlns="{MAIN}">{FORMATS}</styleSheet>'
DAY_STYLE = 1


def letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(value, row: int, column: int) -> str:
    place = f'r="{letters(column)}{row}"'
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c {place} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        serial = (value - date(1899, 12, 30)) // timedelta(days=1)
        return f'<c {place} s="{DAY_STYLE}"><v>{serial}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><v>{value}</v></c>"
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c {place} t="inlineStr">{text}</c>'


def rows_xml(rows, hidden=()) -> str:
    lines = [
        f'<row r="{number}" hidden="{int(number in hidden)}">'
        + "".join(cell(value, number, place) for place, value in enumerate(row, 1))
        + "</row>"
        for number, row in enumerate(rows, 1)
    ]
    return f"<sheetData>{''.join(lines)}</sheetData>"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return file.getvalue()


def parts(sheets: Mapping[str, str], hidden=()) -> dict[str, str | bytes]:
    """The parts of a workbook whose sheets have this XML inside."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for n, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    start = f'<Relationship Id="r1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{start}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f"{relations}</Relationships>",
        "xl/styles.xml": STYLES,
        **{
            f"xl/worksheets/s{n}.xml": f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'
            for n, inside in enumerate(sheets.values(), 1)
        },
    }


def workbook(**sheets) -> bytes:
    """A workbook of these sheets, each a list of rows."""
    return archive(parts({name: rows_xml(rows) for name, rows in sheets.items()}))
