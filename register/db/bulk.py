"""SQL that Django's ORM doesn't write, built from its querysets: for sets of rows of any size.

INSERT … SELECT, many keys as one parameter, and new random keys made by the database.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connections, router
from django.db.models import CharField, Expression, Func, Model, QuerySet, TextField, UUIDField
from django.db.models.functions import Cast


def insert_select(
    model: type[Model],
    columns: Sequence[str],
    rows: QuerySet[Any, Any],
    *,
    on_conflict: str = "",
) -> int:
    """Insert into `model` what the query selects, in one statement; nothing passes through Python.

    Args:
        columns: field names, in the order of what `rows` (a `values_list`) selects.
        on_conflict: the SQL after ON CONFLICT; then `rows` must have a WHERE clause (SQLite).

    Returns:
        The number of rows inserted.
    """
    connection = connections[router.db_for_write(model)]
    select, parameters = rows.order_by().query.get_compiler(connection=connection).as_sql()
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    column_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    names = ", ".join(quote(column_of[name]) for name in columns)
    tail = f" ON CONFLICT {on_conflict}" if on_conflict else ""
    with connection.cursor() as cursor:
        # Table and columns come from the model, the rest from Django's own compiler.
        cursor.execute(f"INSERT INTO {table} ({names}) {select}{tail}", parameters)
        return int(cursor.rowcount)


def insert_keys(
    model: type[Model], column: str, keys: "Keys", *, on_conflict: str = "", **same: Any
) -> int:
    """Insert a row for each of the keys, in one statement that reads no table.

    Args:
        column: the field that takes the key.
        on_conflict: the SQL after ON CONFLICT.
        same: the other fields, each with what all rows have in it.

    Returns:
        The number of rows inserted.
    """
    connection = connections[router.db_for_write(model)]
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    listed, parameters = compiler.compile(keys)
    quote = connection.ops.quote_name
    field_of = {field.name: field for field in model._meta.concrete_fields}
    table = quote(model._meta.db_table)
    names = ", ".join(quote(str(field_of[name].column)) for name in (column, *same))
    values = [field_of[name].get_db_prep_save(each, connection) for name, each in same.items()]
    select = f"SELECT keys.*{', %s' * len(values)} FROM {listed} AS keys"  # noqa: S608 - from the model
    # Without WHERE, SQLite would take the ON that follows for that of a join.
    tail = f" WHERE true ON CONFLICT {on_conflict}" if on_conflict else ""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) {select}{tail}", [*values, *parameters])
        return int(cursor.rowcount)


class Keys(Expression):
    """The right side of `pk__in=`: any number of UUID keys as a single parameter.

    A plain list costs one parameter a key, which is slow to build and limited on SQLite. The
    parameter is written once: a set of keys that several statements name is one `Keys`. Keys as
    `KeyText` reads them will do as well.
    """

    output_field = UUIDField()

    def __init__(self, keys: Iterable[UUID | str]) -> None:
        super().__init__()
        self.listed = ",".join(key if isinstance(key, str) else key.hex for key in keys)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL: the planner knows how many keys an array holds."""
        return "(SELECT unnest(%s::uuid[]))", ["{" + self.listed + "}"]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        listed = self.listed.replace(",", '","')
        return "(SELECT value FROM json_each(%s))", [f'["{listed}"]' if listed else "[]"]


class KeyText(Cast):
    """A UUID key as the database itself writes it: a tenth of what an object of Python costs."""

    def __init__(self, name: str) -> None:
        super().__init__(name, TextField())


class NewKey(Func):
    """A new random UUID for each row."""

    function = "gen_random_uuid"
    arity = 0
    output_field = UUIDField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The fixed bits of a version 4 UUID, as Python's uuid4 sets them.
        return (
            "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2)"
            " || '8' || substr(hex(randomblob(2)), 2) || hex(randomblob(6)))"
        ), []


class NewReference(Expression):
    """A new line reference for each row: 80 random bits, as `new_line_reference` makes them."""

    output_field = CharField(max_length=20)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Twelve and eight symbols from the parts of a UUID that are random throughout.
        return (
            "left(replace(gen_random_uuid()::text, '-', ''), 12)"
            " || right(gen_random_uuid()::text, 8)"
        ), []

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "lower(hex(randomblob(10)))", []
