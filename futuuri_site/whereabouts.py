"""Which settings and which database a command works on, said before it does anything."""

import os
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# What touches no database, or is asked by a program.
SILENT = (
    "help",
    "version",
    "--help",
    "--version",
    "compilemessages",
    "makemessages",
    "qcluster",
    "update_translations",
)


def tell(arguments: Sequence[str]) -> None:
    """Write one line to standard error. Settings that can't be loaded tell so themselves.

    Args:
        arguments: those of `manage.py`, its own name first.
    """
    if len(arguments) < 2 or arguments[1] in SILENT:
        return
    try:
        database = settings.DATABASES["default"]
    except ImproperlyConfigured:
        return
    sys.stderr.write(f"[{os.environ['DJANGO_SETTINGS_MODULE']}: {place(database)}]\n")


def place(database: dict[str, object]) -> str:
    """Return where a database is, without user and password."""
    host = f"{database['HOST']}:{database['PORT'] or 5432}/" if database["HOST"] else ""
    return f"{host}{database['NAME']}"
