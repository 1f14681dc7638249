"""Real processes on the test's own database, to be killed as real processes are."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

PREAMBLE = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.REGISTER["PRIVATE_DIR"] = Path(sys.argv[1])
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
def die_at(calls, function):
    def wrapper(*args, **kwargs):
        nonlocal calls
        calls -= 1
        if calls == 0:
            die()
        return function(*args, **kwargs)
    return wrapper
def die_after(calls, function):
    def wrapper(*args, **kwargs):
        nonlocal calls
        result = function(*args, **kwargs)
        calls -= 1
        if calls == 0:
            die()
        return result
    return wrapper
"""


class OtherProcesses:
    """Runs Python code in processes of their own, which share the test's database.

    SQLite's test database is in memory: it is copied to a file before, and back after.
    """

    def __init__(self, folder: Path, private_dir: Path) -> None:
        self.file = folder / "shared.sqlite3"
        self.private_dir = private_dir

    def run(self, *codes: str) -> list[int]:
        """Run each code at the same time; return the exit statuses (-9 is SIGKILL)."""
        with self._shared() as url:
            environment = {
                **os.environ,
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "futuuri_site.settings.test",
            }
            processes = [
                subprocess.Popen(
                    [sys.executable, "-c", PREAMBLE + code, str(self.private_dir)], env=environment
                )
                for code in codes
            ]
            try:
                return [process.wait(timeout=120) for process in processes]
            finally:
                for process in processes:
                    process.kill()

    @contextmanager
    def _shared(self):
        if connection.vendor != "sqlite":
            at = connection.settings_dict
            yield f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
            return
        connection.ensure_connection()
        with closing(sqlite3.connect(self.file)) as shared:
            connection.connection.backup(shared)
        yield f"sqlite:///{self.file}"
        with closing(sqlite3.connect(self.file)) as shared:
            shared.backup(connection.connection)
