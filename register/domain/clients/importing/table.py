"""What a file of clients is read into, whatever its format: sheets of rows of cells.

Limits stand here, so that no file takes the machine's memory before a person sees a message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from register.exceptions import FileUnfit
from register.text import days

# A text, or what a spreadsheet knows to be a number, a day or a tick; None for an empty cell.
Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]

MOST_BYTES = 5 * 1024 * 1024
# What is entered in one transaction within the time of one request: on a busy machine a row
# took a tenth of a second.
MOST_ROWS = 300
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a CSV file has one without a name.

    Attributes:
        rows: all rows from the first one on, as people number them; cells at a row's end that
            are empty are left out.
        hidden_rows, hidden_columns: numbers of those that are hidden and hold something.
        merged: ranges of cells that were merged, such as A3:B4: the first one has the value.
        without_value: rows with a formula whose value was not stored.
        is_hidden: whether the sheet itself is.
    """

    name: str
    rows: tuple[Row, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    without_value: tuple[int, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read.

    Attributes:
        form: how it was understood, as it is shown to people: "UTF-8", "Windows-1252", "Excel".
        delimiter: what parts the cells of a CSV file; "" for a spreadsheet.
    """

    sheets: tuple[Sheet, ...]
    form: str
    delimiter: str = ""


def row_of(cells: Iterable[Cell]) -> Row:
    """Return a row without the empty cells at its end. FileUnfit when it is too wide."""
    row = tuple(None if cell == "" else cell for cell in cells)
    while row and row[-1] is None:
        row = row[:-1]
    if len(row) > MOST_COLUMNS:
        raise FileUnfit(_("The table has more than %(number)d columns.") % {"number": MOST_COLUMNS})
    return row


def within_limits(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows without empty ones at the end. FileUnfit when there are too many."""
    end = len(rows)
    while end and not rows[end - 1]:
        end -= 1
    if end > MOST_ROWS:
        raise too_long()
    return tuple(rows[:end])


def too_long() -> FileUnfit:
    return FileUnfit(
        _(
            "The table has more than %(number)d rows. Split it into several files and import "
            "them one after the other."
        )
        % {"number": MOST_ROWS}
    )


def text_of(cell: Cell) -> str:
    """Return a cell as it is shown, and as a text is read from it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, date):
        return days.written(cell)
    return str(cell)
