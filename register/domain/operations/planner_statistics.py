"""What PostgreSQL's planner remembers of people: nothing (R12).

ANALYZE keeps samples of each column's values in `pg_statistic`, and names stay there long after
their rows are erased, through VACUUM FULL too. So personal columns are told to keep none. Which
ones they are follows from the inventory; keys, dates and amounts keep their statistics, which the
planner needs and which tell of nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from register.inventory.registry import inventory

TELLING_OF_NOBODY = (
    models.BigIntegerField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.UUIDField,
)
OFF, DEFAULT = 0, -1
FOUND = """
    SELECT coalesce(a.attstattarget, -1),
        format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation <> t.typcollation
            THEN quote_ident(n.nspname) || '.' || quote_ident(c.collname) END,
        EXISTS (SELECT FROM pg_stats AS s WHERE s.attname = a.attname
            AND s.schemaname = current_schema() AND s.tablename = %(table)s)
    FROM pg_attribute AS a
    JOIN pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_collation AS c ON c.oid = a.attcollation
    LEFT JOIN pg_namespace AS n ON n.oid = c.collnamespace
    WHERE a.attrelid = to_regclass(quote_ident(%(table)s)) AND a.attname = %(name)s
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the models name it."""

    table: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


@dataclass(frozen=True, slots=True)
class Found:
    """The column as it is in the database.

    Attributes:
        target: how many values ANALYZE samples; 0 for none, -1 for the server's default.
        type: its type as SQL writes it.
        collation: the same of a collation that is not its type's own; None where there is none.
        kept: whether there are statistics of it.
    """

    target: int
    type: str
    collation: str | None
    kept: bool


def personal_columns(apps: Apps = installed) -> Iterator[Column]:
    """Yield every column whose values tell of a person, of the models that `apps` knows."""
    for declaration in inventory:
        try:
            model = apps.get_model(declaration.model)
        except LookupError:
            continue
        personal = declaration.telling_of_people
        for field in model._meta.local_concrete_fields:
            if field.name in personal and not isinstance(field, TELLING_OF_NOBODY):
                yield Column(model._meta.db_table, str(field.column))


def remembered(connection: BaseDatabaseWrapper) -> list[Column]:
    """Return the personal columns of which PostgreSQL keeps statistics, or will after ANALYZE.

    One that is not in the database, as before its migration, is none of them.
    """
    if connection.vendor != "postgresql":
        return []
    found = {column: _found(connection, column) for column in personal_columns()}
    return [column for column, it in found.items() if it and (it.target != OFF or it.kept)]


def forget(connection: BaseDatabaseWrapper, column: Column) -> None:
    """Let PostgreSQL keep no statistics of the column, and drop those it has.

    The target 0 alone would leave them there for good. Changing the type to itself drops them; it
    rewrites no table and needs no superuser.
    """
    _set_target(connection, column, OFF)
    found = _found(connection, column)
    if found and found.kept:
        collation = f" COLLATE {found.collation}" if found.collation else ""
        _alter(connection, column, f"TYPE {found.type}{collation}")


def remember(connection: BaseDatabaseWrapper, column: Column) -> None:
    """Let PostgreSQL keep statistics of the column as of any other."""
    _set_target(connection, column, DEFAULT)


def _set_target(connection: BaseDatabaseWrapper, column: Column, target: int) -> None:
    _alter(connection, column, f"SET STATISTICS {target}")


def _alter(connection: BaseDatabaseWrapper, column: Column, change: str) -> None:
    table, name = (connection.ops.quote_name(each) for each in (column.table, column.name))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {name} {change}")


def _found(connection: BaseDatabaseWrapper, column: Column) -> Found | None:
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"table": column.table, "name": column.name})
        row = cursor.fetchone()
    return Found(*row) if row else None
