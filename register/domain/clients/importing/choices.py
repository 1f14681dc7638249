"""What a person chooses about a file: sheet, row of headings, columns, and what is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from register.domain.clients.importing import columns
from register.domain.clients.importing.columns import REQUIRED, Column
from register.domain.clients.importing.table import Cell, Row, Sheet, Table, text_of
from register.models.orders import Manner


@dataclass(frozen=True, slots=True)
class Choices:
    """How the file is read.

    Attributes:
        sheet: which sheet, counted from 0.
        heading_row: its row of headings, counted from 1.
        columns: what each column is, as a word of `Column`; "" for one that is left out.
        manner: the manner of delivery of all rows that name none; "" for none.
        leaves_out: whether the person has said that the unknown columns are left out.
        leaves_rows: the same of rows that are not entered, such as those that are changed.
    """

    sheet: int = 0
    heading_row: int = 1
    columns: tuple[str, ...] = ()
    manner: str = ""
    leaves_out: bool = False
    leaves_rows: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def from_dict(stored: Mapping[str, Any]) -> Choices:
    return Choices(**{**stored, "columns": tuple(stored.get("columns", ()))})


def first_choices(table: Table) -> Choices:
    """Return what a person most probably wants: the sheet and row that look like clients."""
    likely = max(
        range(len(table.sheets)),
        key=lambda each: (
            columns.most_known(table.sheets[each].rows),
            not table.sheets[each].is_hidden,
            -each,
        ),
    )
    return guess(table, Choices(sheet=likely))


def guess(table: Table, choices: Choices, *, heading_row: int | None = None) -> Choices:
    """Return the choices with the columns guessed anew, as after another sheet was chosen."""
    rows = table.sheets[choices.sheet].rows
    found = heading_row or columns.heading_row(rows) or 1
    guessed = columns.guessed(headings(table.sheets[choices.sheet], found))
    names = tuple(each.value if each else "" for each in guessed)
    return replace(choices, heading_row=found, columns=names, leaves_out=False)


def headings(sheet: Sheet, heading_row: int) -> list[str]:
    """Return the headings of the sheet's columns."""
    row: Row = sheet.rows[heading_row - 1] if heading_row <= len(sheet.rows) else ()
    return columns.headings(row, max(map(len, sheet.rows), default=0))


def data_rows(sheet: Sheet, heading_row: int) -> list[tuple[int, Row]]:
    """Return the rows below the headings that hold something, with their numbers."""
    return [
        (number, row)
        for number, row in enumerate(sheet.rows, 1)
        if number > heading_row and any(text_of(cell).strip() for cell in row)
    ]


def samples(sheet: Sheet, heading_row: int, column: int, *, most: int = 2) -> list[str]:
    """Return the first values of a column, counted from 0, so that a person sees what it is."""
    found: list[str] = []
    for _number, row in data_rows(sheet, heading_row):
        text = text_of(row[column]) if column < len(row) else ""
        if text and text not in found:
            found.append(text)
        if len(found) == most:
            break
    return found


def complaints(table: Table, choices: Choices) -> list[str]:
    """Return, in words, why the rows can't be read yet; nothing when they can."""
    sheet = table.sheets[choices.sheet]
    chosen = [each for each in choices.columns if each]
    told = []
    for column in Column:
        if chosen.count(column) > 1:
            told.append(_("Two columns are chosen as “%(column)s”.") % {"column": column.label})
    if Column.NAME in chosen and {Column.LAST_NAME, Column.FIRST_NAME} & set(chosen):
        told.append(_("Choose either the name or surname and first name, not both."))
    told += [
        _("No column is chosen as “%(column)s”.") % {"column": column.label}
        for column in missing(chosen, manner=choices.manner)
    ]
    if not choices.leaves_out and unknown(choices, sheet):
        told.append(_("Tick that the columns which are not chosen are left out."))
    if not data_rows(sheet, choices.heading_row):
        told.append(_("There are no rows below the headings."))
    return told


def missing(chosen: Iterable[str], *, manner: str) -> list[Column]:
    """Return the columns without which no row can be entered."""
    chosen = set(chosen)
    wanted = list(REQUIRED)
    if not (manner and manner in Manner.values):
        wanted.append(Column.MANNER)
    if Column.NAME not in chosen:
        halves = {Column.LAST_NAME, Column.FIRST_NAME}
        wanted = [*(sorted(halves - chosen) if halves & chosen else [Column.NAME]), *wanted]
    return [column for column in wanted if column not in chosen]


def unknown(choices: Choices, sheet: Sheet) -> list[int]:
    """Return the columns that hold something and are not chosen, counted from 0."""
    rows = data_rows(sheet, choices.heading_row)
    return [
        number
        for number, heading in enumerate(headings(sheet, choices.heading_row))
        if not (choices.columns[number] if number < len(choices.columns) else "")
        and (heading or any(_holds(row, number) for _row_number, row in rows))
    ]


def cells_of(row: Row, choices: Choices) -> dict[Column, Cell]:
    """Return the row's cells by what their columns are."""
    return {
        Column(name): row[number] if number < len(row) else None
        for number, name in enumerate(choices.columns)
        if name
    }


def _holds(row: Row, column: int) -> bool:
    return column < len(row) and bool(text_of(row[column]).strip())
