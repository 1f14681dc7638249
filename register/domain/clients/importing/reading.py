"""From the bytes of a file to its table, whatever its name says that it is."""

from django.utils.translation import gettext as _

from register.domain.clients.importing import columns, csv_file, xlsx_file
from register.domain.clients.importing.columns import OF_IDENTITY_CODES
from register.domain.clients.importing.table import MOST_BYTES, Sheet, Table, text_of
from register.exceptions import FileUnfit
from register.text.folding import for_search
from register.text.identity_codes import has_code


def read(data: bytes) -> Table:
    """Return the table that a file holds.

    FileUnfit, in words, when it is none, too big, or holds personal identity codes: not one of
    them is to pass through here (C23).
    """
    if len(data) > MOST_BYTES:
        raise too_big()
    if not data.strip():
        raise FileUnfit(_("The file is empty."))
    is_workbook = data.startswith((xlsx_file.ZIP, xlsx_file.OLE))
    table = xlsx_file.read(data) if is_workbook else csv_file.read(data)
    for sheet in table.sheets:
        refuse_identity_codes(sheet)
    return table


def too_big() -> FileUnfit:
    return FileUnfit(
        _("The file is bigger than %(number)d megabytes.") % {"number": MOST_BYTES // 1024**2}
    )


def refuse_identity_codes(sheet: Sheet) -> None:
    """Raise FileUnfit when a column holds personal identity codes. It names the column only."""
    for row in sheet.rows:
        for number, cell in enumerate(row, 1):
            text = text_of(cell)
            if for_search(text) in OF_IDENTITY_CODES or has_code(text):
                raise FileUnfit(
                    _(
                        "Column %(column)s holds personal identity codes. None is ever kept "
                        "here: take the column out of the file and try again."
                    )
                    % {"column": columns.letter(number)}
                )
