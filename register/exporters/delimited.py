"""Cells and lines of delimited text files: quoted as RFC 4180 says, and safe to open.

Every file of this project that a spreadsheet may open goes through `neutral`.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# A spreadsheet takes a cell that starts so for a formula. The full-width twins count as well:
# some programs fold them into the plain ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NEUTRALISER = "'"


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it: an apostrophe goes before a formula."""
    return NEUTRALISER + cell if cell.startswith(FORMULA_STARTS) else cell


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


class _Line:
    """A file-like object that hands each written line back, so that the csv module can stream."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Sequence[str]], *, delimiter: str = ";") -> Iterator[str]:
    """Yield each row as one CRLF-ended line, its cells neutralised and quoted where needed."""
    writer: Any = csv.writer(_Line(), delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])
