"""A template is a database beside the others, of whose kind the server keeps one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True)
class PostgresqlTemplate:
    connection: BaseDatabaseWrapper
    prefix: str
    key: str

    @property
    def name(self) -> str:
        return self.prefix + self.key

    def copy_to(self, name: str, *, make: Callable[[str], None], anew: bool = False) -> None:
        """Copy the template to the database `name`, after `make(database)` where none is yet.

        `make` leaves the database closed. Of several processes at once, one makes it.
        """
        quote = self.connection.ops.quote_name
        with self.connection._nodb_cursor() as cursor:
            # Goes with the connection, and that with the process, however it ends.
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.prefix])
            if anew or self.name not in self.kept(cursor):
                unfinished = f"{self.prefix}unfinished"
                cursor.execute(f"DROP DATABASE IF EXISTS {quote(unfinished)}")
                make(unfinished)
                for old in self.kept(cursor) - {unfinished}:
                    cursor.execute(f"DROP DATABASE {quote(old)}")
                cursor.execute(f"ALTER DATABASE {quote(unfinished)} RENAME TO {quote(self.name)}")
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(self.name)}")

    def kept(self, cursor: CursorWrapper) -> set[str]:
        """Return the names of all templates of this kind, an unfinished one included."""
        every = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        cursor.execute(every, [self.prefix])
        return {name for (name,) in cursor.fetchall()}
