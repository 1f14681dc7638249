"""Columns of the register's lists: named after fields, the first one links to the object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Model
from django.utils.formats import date_format
from wagtail.admin.ui import tables

from register.reference.clock import local
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain


@dataclass(frozen=True, slots=True)
class Column(Detail):
    """One column of a list.

    Attributes:
        sortable: whether its heading orders the list, by the field of its name.
        desktop_only: hidden on a narrow screen, where the first column and the essential ones
            must do.
    """

    sortable: bool = False
    desktop_only: bool = False


class ValueColumn(tables.Column):
    """A value as it is written: a date, not "two weeks ago", for these dates are deadlines.

    So is the value that leads to the object: Wagtail would write its month out. Each cell knows
    its heading, which a phone shows beside it.
    """

    cell_template_name = "register/admin/tables/cell.html"

    def get_value(self, instance: Any) -> Any:
        value = super().get_value(instance)
        if isinstance(value, datetime):
            return date_format(local(value), "SHORT_DATETIME_FORMAT")
        return plain(value) if isinstance(value, date | Decimal | NoneType) else value


class LinkColumn(ValueColumn, tables.TitleColumn):
    """The column that leads to the object's own screen."""

    cell_template_name = tables.TitleColumn.cell_template_name

    def get_link_url(self, instance: Any, parent_context: Any) -> str:
        return address(instance, "inspect")


class YesNoColumn(tables.BooleanColumn):
    """Yes or no, as a sign that says so in the reader's language."""

    cell_template_name = "register/admin/tables/boolean_cell.html"


def table_columns(model: type[Model], columns: Sequence[Column | str]) -> list[tables.Column]:
    """Return the columns of a table of the model's rows, where a bare name stands for a column."""
    named = [Column(column) if isinstance(column, str) else column for column in columns]
    return [
        (kind_of(model, column) if number else LinkColumn)(
            column.name,
            label=column.label_on(model),
            accessor=column.value_of,
            sort_key=column.name if column.sortable else None,
            classname="register-wide" if column.desktop_only else None,
        )
        for number, column in enumerate(named)
    ]


def kind_of(model: type[Model], column: Column) -> type[tables.Column]:
    try:
        field = model._meta.get_field(column.name)
    except FieldDoesNotExist:
        return ValueColumn
    return YesNoColumn if isinstance(field, BooleanField) else ValueColumn
