"""Cells and lines of delimited text files: quoted as RFC 4180 says, and safe to open (B01).

Every file of this project that a spreadsheet may open goes through `neutral`.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

# A spreadsheet takes a cell that starts so for a formula. The full-width twins count as well:
# some programs fold them into the plain ones.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
NEUTRALISER = "'"
BLOCK = 1000  # rows


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it: an apostrophe goes before a formula."""
    return NEUTRALISER + cell if cell[:1] in FORMULA_STARTS else cell


def representable(cell: str, encoding: str) -> str:
    """Return the cell with what the encoding can't hold as `&#number;` (ISO-8859-15 has no ő).

    Nothing is lost and nothing is guessed: a transliterated e-mail address would be another
    person's. Call it before quoting, since the replacement holds a semicolon.
    """
    try:
        cell.encode(encoding)
    except UnicodeEncodeError:
        composed = unicodedata.normalize("NFC", cell)
        return composed.encode(encoding, "xmlcharrefreplace").decode(encoding)
    return cell


def lines(rows: Iterable[Sequence[str]], *, delimiter: str = ";") -> Iterator[str]:
    """Yield the rows as CRLF-ended lines, their cells neutralised and quoted where needed.

    Some lines come together: a million rows one by one take twice the time.
    """
    source = iter(rows)
    while block := list(islice(source, BLOCK)):
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows(map(_neutral_row, block))
        yield text.getvalue()


def _neutral_row(row: Sequence[str]) -> Sequence[str]:
    for cell in row:
        if cell[:1] in FORMULA_STARTS:
            return [neutral(cell) for cell in row]
    return row
