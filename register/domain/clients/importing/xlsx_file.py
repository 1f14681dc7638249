"""An Excel workbook: values as they were last computed, days as days.

calamine reads the values. What it does not tell, `xlsx_parts` reads from the workbook's XML.
"""

from datetime import date, datetime
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from register.domain.clients.importing import xlsx_parts
from register.domain.clients.importing.table import Cell, Sheet, Table, row_of, within_limits
from register.domain.clients.importing.xlsx_parts import Notes
from register.exceptions import FileUnfit

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FORM = "Excel"


def read(data: bytes) -> Table:
    """Return the table. FileUnfit when it is no workbook, or one that is too big or damaged."""
    if data.startswith(OLE):
        raise FileUnfit(
            _(
                "The file is an old Excel workbook (.xls), or one with a password. Open it, save "
                "it as .xlsx without a password, and try again."
            )
        )
    parts = xlsx_parts.unpack(data)
    notes = xlsx_parts.notes_by_sheet(parts)
    try:
        workbook = python_calamine.load_workbook(xlsx_parts.packed(parts))
        sheets = tuple(
            _sheet(workbook, described, notes.get(described.name, Notes()))
            for described in workbook.sheets_metadata
            if described.typ == python_calamine.SheetTypeEnum.WorkSheet
        )
    except python_calamine.CalamineError:
        raise xlsx_parts.damaged() from None
    if not any(sheet.rows for sheet in sheets):
        raise FileUnfit(_("The file is empty."))
    return Table(sheets, FORM)


def _sheet(workbook: Any, described: Any, notes: Notes) -> Sheet:
    rows = workbook.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
    return Sheet(
        name=described.name,
        rows=within_limits([row_of(map(cell_of, row)) for row in rows]),
        hidden_rows=tuple(sorted(notes.hidden_rows)),
        hidden_columns=tuple(sorted(notes.hidden_columns)),
        merged=tuple(notes.merged),
        without_value=tuple(sorted(notes.without_value)),
        is_hidden=described.visible != python_calamine.SheetVisibleEnum.Visible,
    )


def cell_of(value: Any) -> Cell:
    """Return a cell as it is meant: a whole number as such, a day without its midnight."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str | int | float | date):
        return value
    return str(value)
