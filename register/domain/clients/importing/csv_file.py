"""A CSV file as Excel or another program wrote it: encoding and delimiter are found, and told.

UTF-8 with a byte-order mark says so itself. Without one, what is valid UTF-8 is UTF-8; anything
else is read as Windows-1252, the encoding of Finnish Excel: a text in yet another one can't be
told from it, so a person looks at the letters.
"""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from register.domain.clients.importing import columns
from register.domain.clients.importing.table import (
    MOST_ROWS,
    Row,
    Sheet,
    Table,
    row_of,
    too_long,
    within_limits,
)
from register.exceptions import FileUnfit

DELIMITERS = (";", "\t", ",")
# The first line by which Excel is told the delimiter.
SEPARATOR = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)
UTF_8, UTF_8_BOM, WINDOWS = "UTF-8", "UTF-8 (BOM)", "Windows-1252"


def read(data: bytes) -> Table:
    """Return the table. FileUnfit when it is none, or can't be read without guessing."""
    text, form = _decoded(data)
    said = SEPARATOR.match(text)
    if said and said[1] not in DELIMITERS:
        raise FileUnfit(
            _(
                "The file says in its first line that its cells are parted by another sign than "
                "; , or tab."
            )
        )
    text = text[said.end() :] if said else text
    candidates = (said[1],) if said else DELIMITERS
    readings = {}
    for delimiter in candidates:
        try:
            readings[delimiter] = _rows(text, delimiter)
        except _Unbalanced as error:
            unbalanced = error
    if not readings:
        raise FileUnfit(
            _("The quotation marks don't match: the trouble begins at row %(row)d.")
            % {"row": unbalanced.row}
        )
    delimiter = max(readings, key=lambda each: _likelihood(readings[each]))
    return Table((Sheet("", within_limits(readings[delimiter])),), form, delimiter)


class _Unbalanced(Exception):
    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileUnfit(
            _("The file is in UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and try again.")
        )
    if b"\0" in data:
        raise FileUnfit(_("The file is no table: it holds characters that no text has."))
    if data.startswith(codecs.BOM_UTF8):
        try:
            return data[len(codecs.BOM_UTF8) :].decode(), UTF_8_BOM
        except UnicodeDecodeError:
            raise FileUnfit(_("The file says that it is UTF-8, and is not.")) from None
    for encoding, form in (("utf-8", UTF_8), ("cp1252", WINDOWS)):
        try:
            return data.decode(encoding), form
        except UnicodeDecodeError:
            continue
    raise FileUnfit(
        _("The file is neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8” and try again.")
    )


def _rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            rows.append(row_of(cells))
            if len(rows) > 2 * MOST_ROWS:  # empty ones at the end don't count
                raise too_long()
    except csv.Error as error:
        if "limit" in str(error):
            raise FileUnfit(
                _("The text of one cell is too long, at row %(row)d.") % {"row": len(rows) + 1}
            ) from None
        raise _Unbalanced(len(rows) + 1) from None
    return rows


def _likelihood(rows: list[Row]) -> tuple[int, int]:
    """How likely the delimiter is right: headings that are known, then rows parted alike."""
    widths = [len(row) for row in rows if len(row) > 1]
    alike = max((widths.count(width) for width in set(widths)), default=0)
    return columns.most_known(rows), alike
