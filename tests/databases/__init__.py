"""The test database is a copy of a template, which is migrated once and kept.

A template bears the hash of what it is made from, so that a changed migration, setting or
package makes another. It is made under a name of its own and renamed when it is complete, and
no test ever opens it: whatever a killed run leaves behind is never copied.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from .fingerprint import fingerprint
from .postgresql import PostgresqlTemplate
from .sqlite import SqliteTemplate

ORIGINAL = str(connection.settings_dict["NAME"])  # before a test database takes its place


def own_name() -> str:
    """Return the name of this process's test database."""
    name = str(connection.creation._get_test_db_name())
    # A forked process shares the folder of its parent, and must not share the file.
    return f"{name}.{os.getpid()}" if connection.vendor == "sqlite" else name


def connect_to_copy(name: str, *, anew: bool = False) -> None:
    """Make a database of this name from the template, and connect to it.

    `anew`: don't trust the template that is there (pytest's --create-db).
    """
    kept = template(
        fingerprint(),
        folder=Path(settings.VAR_DIR) / "test-databases",
        prefix=f"test_{ORIGINAL}_template_",
    )
    kept.copy_to(name, make=migrate, anew=anew)
    connect_to(name)
    # Groups and permissions come from the code as it is now, not as it was in the template.
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def drop_copy(*, back_to: str) -> None:
    """Drop the database that is connected to, and connect to another."""
    # Not above: this module is also read before the apps are.
    from django.contrib.contenttypes.models import ContentType

    end_sessions()
    connection.creation.destroy_test_db(back_to, verbosity=0)
    # What is remembered of the dropped one is not true of the other.
    ContentType.objects.clear_cache()


def end_sessions() -> None:
    """End all sessions of this database: PostgreSQL drops none that is in use.

    A process that a test started may have left one, or have ended this process's own.
    """
    connection.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                [connection.settings_dict["NAME"]],
            )


def template(key: str, *, folder: Path, prefix: str) -> SqliteTemplate | PostgresqlTemplate:
    """Return the template that is a file in `folder`, or a database whose name has `prefix`."""
    if connection.vendor == "sqlite":
        return SqliteTemplate(folder, key)
    return PostgresqlTemplate(connection, prefix, key)


def migrate(name: str) -> None:
    """Make a database of this name with all migrations, and leave it."""
    test = connection.settings_dict["TEST"]
    before, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        test["NAME"] = before
        connection.close()


def connect_to(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
