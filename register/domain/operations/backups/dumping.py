"""The whole database as a stream, and back: by PostgreSQL's own programs, or SQLite's own copy.

A dump is one moment of the database, while it is in use. A restored one is there as a whole or
not at all: it is taken over only when the caller, who has looked at all the rest, says so.
"""

import os
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connection
from django.utils.translation import gettext as _

from register.exceptions import BackupDamaged, BackupFailed
from register.files.private import owner_only

PIECE = 1 << 20  # bytes
# Nobody else may be at work. Names of rows are in no error that psql tells so.
BEGIN = b"""\\set ON_ERROR_STOP 1
\\set VERBOSITY sqlstate
SET client_min_messages = error;
BEGIN;
SET LOCAL lock_timeout = '20s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
"""
COMMIT = b"COMMIT;\n"
LOCKED = b"55P03"


def dump(*, aside: Path) -> Iterator[bytes]:
    """Yield the database as it is at this moment, piece by piece.

    Args:
        aside: a file name that is free, in a folder of ours. SQLite's copy is made there.
    """
    return _dump_sqlite(aside) if connection.vendor == "sqlite" else _dump_postgresql()


@contextmanager
def replacing(*, aside: Path) -> Iterator[Callable[[bytes], None]]:
    """Yield a function that takes the pieces of a dump; at the end it replaces the database.

    When the block raises, the database stays as it was.
    """
    connection.close()
    replace = _replacing_sqlite if connection.vendor == "sqlite" else _replacing_postgresql
    with replace(aside) as write:
        yield write


def _dump_sqlite(aside: Path) -> Iterator[bytes]:
    os.close(owner_only(str(aside), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    with closing(sqlite3.connect(_sqlite_file(), timeout=60)) as database:
        # Without the free pages, where erased values could be.
        database.execute("VACUUM INTO ?", [str(aside)])
    with aside.open("rb") as file:
        # From here on no kill leaves it behind.
        aside.unlink()
        while piece := file.read(PIECE):
            yield piece


@contextmanager
def _replacing_sqlite(aside: Path) -> Iterator[Callable[[bytes], None]]:
    try:
        with open(aside, "wb", opener=owner_only) as file:
            yield file.write  # type: ignore[misc]
        with closing(sqlite3.connect(aside)) as copy:
            _check_sqlite(copy)
            with closing(sqlite3.connect(_sqlite_file(), timeout=60)) as database:
                database.execute("PRAGMA secure_delete=ON")
                copy.backup(database)
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        aside.unlink(missing_ok=True)


def _check_sqlite(copy: sqlite3.Connection) -> None:
    try:
        sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BackupDamaged(_("The database in the backup is damaged."))


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _dump_postgresql() -> Iterator[bytes]:
    with TemporaryFile() as complaints:
        options = ("--format=custom", "--no-owner", "--no-privileges")
        with _program("pg_dump", *options, stdout=subprocess.PIPE, stderr=complaints) as process:
            assert process.stdout is not None  # noqa: S101
            while piece := process.stdout.read(PIECE):
                yield piece
        if process.returncode:
            complaints.seek(0)
            # The first line names tables and servers, never a row.
            reason = complaints.readline().decode(errors="replace").strip()
            raise BackupFailed(_("pg_dump has failed: %(reason)s") % {"reason": reason})


@contextmanager
def _replacing_postgresql(aside: Path) -> Iterator[Callable[[bytes], None]]:
    with (
        TemporaryFile() as complaints,
        # A line for each sequence that is set: nothing that an administrator needs to read.
        _program(
            "psql", "-X", "-q", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints
        ) as psql,
        _pg_restore() as script,
    ):
        assert psql.stdin  # noqa: S101
        assert script.stdin  # noqa: S101
        assert script.stdout  # noqa: S101
        psql.stdin.write(BEGIN)
        relay = threading.Thread(target=_copy, args=(script.stdout, psql.stdin))
        relay.start()
        try:
            yield script.stdin.write  # type: ignore[misc]
            script.stdin.close()
            relay.join()
            if script.wait():
                raise BackupDamaged(_("The database in the backup is damaged."))
            with suppress(BrokenPipeError):
                psql.stdin.write(COMMIT)
                psql.stdin.close()
            if psql.wait():
                raise BackupFailed(_why(complaints))
        except BrokenPipeError:
            psql.wait()
            raise BackupFailed(_why(complaints)) from None
        finally:
            for process in (script, psql):
                process.kill()
            relay.join()
            for stream in (script.stdin, psql.stdin):
                with suppress(BrokenPipeError):
                    stream.close()


def _why(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    if LOCKED in complaints.read():
        return _("The database is in use: stop web and worker.")
    return _("PostgreSQL has refused the backup: its user must own the database.")


def _copy(source: IO[bytes], sink: IO[bytes]) -> None:
    with suppress(OSError, ValueError):
        while piece := source.read(PIECE):
            sink.write(piece)
        sink.flush()


def _pg_restore() -> "subprocess.Popen[bytes]":
    command = ["pg_restore", "--file=-", "--no-owner", "--no-privileges"]
    try:
        return subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except FileNotFoundError:
        raise BackupFailed(_missing(command[0])) from None


def _missing(program: str) -> str:
    told = _("%(program)s is not installed: it comes with PostgreSQL's client programs.")
    return told % {"program": program}


def _program(name: str, *options: str, **streams: object) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's programs on this database; its password is in no argument."""
    (_program_name, *where), environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    try:
        return subprocess.Popen(  # type: ignore[call-overload] # noqa: S603
            [name, *options, *where], env={**os.environ, **(environment or {})}, **streams
        )
    except FileNotFoundError:
        raise BackupFailed(_missing(name)) from None
