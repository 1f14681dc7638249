"""A database that is away is told once a minute; one that refuses something, each time."""

import io
import logging
import sqlite3

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from futuuri_site import log_outage
from futuuri_site.log_outage import OnceAMinute, is_away
from tests.integration.postgresql_server import free_port


@pytest.fixture
def log():
    """A logger on a handler that formats and filters as the settings say, and what it writes."""
    options = dict(settings.LOGGING["formatters"]["plain"])
    formatter = import_string(options.pop("()"))(options["format"], style=options["style"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter)
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, handler.stream


def away() -> OperationalError:
    """Return the error of a database that nobody answers for, as Django raises it."""
    try:
        psycopg.connect(f"host=127.0.0.1 port={free_port()} user=salainen dbname=x")
    except psycopg.OperationalError as cause:
        error = OperationalError(str(cause))
        error.__cause__ = cause
        return error
    raise AssertionError("Somebody answers.")


def refused(cause: Exception) -> OperationalError:
    error = OperationalError("values")
    error.__cause__ = cause
    return error


def fail(logger, error):
    try:
        raise error
    except Exception:
        logger.exception("It failed")


def test_a_database_that_is_away_is_told_in_one_line(log):
    logger, stream = log
    fail(logger, away())
    written = stream.getvalue()
    assert written.endswith(
        "ERROR test It failed: the database does not answer (django.db.utils.OperationalError)\n"
    )
    assert written.count("\n") == 1
    assert "salainen" not in written


def test_it_is_told_once_a_minute_with_how_many_were_left_out(log, monkeypatch):
    logger, stream = log
    clock = iter([0.0, 1.0, 59.9, 60.1, 61.0])
    monkeypatch.setattr(log_outage.time, "monotonic", lambda: 1000 + next(clock))
    for _ in range(5):
        fail(logger, away())
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert "left out" not in lines[0]
    assert lines[1].endswith("; 2 more such lines were left out")


def test_each_logger_has_its_own_minute(log):
    logger, stream = log
    other = logging.Logger("other")
    other.addHandler(logger.handlers[0])
    for each in (logger, other, logger, other):
        fail(each, away())
    assert [line.split()[2] for line in stream.getvalue().splitlines()] == ["test", "other"]


def test_any_other_error_is_told_each_time_with_its_place(log):
    logger, stream = log
    for _ in range(3):
        fail(logger, refused(psycopg.errors.DeadlockDetected("values")))
        fail(logger, ValueError("values"))
    written = stream.getvalue()
    assert written.count("It failed") == 6
    assert written.count("test_log_outage.py") == 6
    assert "values" not in written


@pytest.mark.parametrize(
    ("error", "is_so"),
    [
        (refused(psycopg.errors.AdminShutdown()), True),
        (refused(psycopg.errors.CannotConnectNow()), True),
        (refused(psycopg.errors.ConnectionFailure()), True),
        (refused(psycopg.errors.TooManyConnections()), True),
        (refused(psycopg.OperationalError("the connection is closed")), True),
        (psycopg.OperationalError("as psycopg raises it"), True),
        (InterfaceError("connection already closed"), True),
        (refused(psycopg.errors.QueryCanceled()), False),
        (refused(psycopg.errors.LockNotAvailable()), False),
        (refused(psycopg.errors.DiskFull()), False),
        (OperationalError("without a cause"), False),
        (psycopg.errors.UniqueViolation(), False),
        (OSError("no disk"), False),
    ],
    ids=lambda value: value if isinstance(value, bool) else repr(value.__cause__ or value),
)
def test_what_is_there_and_refuses_is_not_away(error, is_so):
    assert is_away(error) is is_so


@pytest.mark.parametrize(("folder", "is_so"), [("missing", True), (".", False)])
def test_a_file_that_is_not_there_is_a_database_that_is_away(tmp_path, folder, is_so):
    with pytest.raises(sqlite3.OperationalError) as met:
        sqlite3.connect(tmp_path / folder / "x").execute("SELECT * FROM nothing")
    assert is_away(refused(met.value)) is is_so


def test_a_line_without_an_error_passes():
    record = logging.LogRecord("test", logging.INFO, "", 0, "All is well", None, None)
    assert OnceAMinute().filter(record)
