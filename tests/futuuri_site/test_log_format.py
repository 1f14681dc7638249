"""No log line names a person, also when an error's text does."""

import io
import logging
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.module_loading import import_string

from register.models import Client
from tests.factories import ClientFactory

NAME = "Ääkkönen-Salainen Ilta"


@pytest.fixture
def log():
    """A logger whose lines are those of the settings, and what it has written."""
    options = dict(settings.LOGGING["formatters"]["plain"])
    formatter = import_string(options.pop("()"))(options["format"], style=options["style"])
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, stream


@pytest.mark.parametrize("zone", ["UTC", "Europe/Helsinki", "Pacific/Pago_Pago"])
def test_times_are_in_one_zone_whatever_the_process_s_own(log, monkeypatch, zone):
    logger, stream = log
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    logger.handle(
        logging.makeLogRecord({"msg": "x", "created": 0.25, "levelname": "INFO", "levelno": 20})
    )
    assert stream.getvalue().startswith("1970-01-01T00:00:00.250+00:00 INFO")


@pytest.fixture(autouse=True)
def zone_of_the_process():
    yield
    time.tzset()


def test_an_error_is_told_by_kind_and_place(log):
    logger, stream = log
    try:
        try:
            raise ValueError(NAME)
        except ValueError as error:
            raise LookupError(f"not found: {error}") from error
    except LookupError:
        logger.exception("It failed")

    written = stream.getvalue()
    assert "It failed" in written
    assert "builtins.LookupError" in written
    assert "builtins.ValueError" in written
    assert "test_log_format.py" in written
    assert NAME not in written


def test_the_text_of_an_error_is_not_in_the_message_either(log):
    logger, stream = log
    error = ValueError(f"no such thing: {NAME}")
    try:
        raise LookupError(NAME) from error
    except LookupError as raised:
        logger.exception(str(raised))
        logger.exception("%s: %s", error, "path")
        logger.error("It failed: %s", raised)
    written = stream.getvalue()
    assert " ERROR test builtins.ValueError: path\n" in written
    assert "It failed: builtins.LookupError\n" in written
    assert NAME not in written


def test_an_error_that_comes_from_itself_is_told_once(log):
    logger, stream = log
    error = ValueError(NAME)
    error.__cause__ = error
    logger.error("It failed", exc_info=error)
    assert stream.getvalue().count("builtins.ValueError") == 1


def test_another_formatter_gets_the_record_as_it_was(log):
    logger, _stream = log
    plain = logging.StreamHandler(io.StringIO())
    logger.addHandler(plain)
    logger.error("It failed: %s", LookupError("why"))
    assert plain.stream.getvalue() == "It failed: why\n"


EVERY_HANDLER = """
import logging, django
django.setup()
import django_q.cluster, gunicorn.app.wsgiapp, gunicorn.arbiter
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
for logger in (logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)):
    for handler in logger.handlers:
        if not isinstance(handler, logging.NullHandler):
            print(logger.name, type(handler.formatter).__name__)
"""


def test_every_line_of_web_and_worker_goes_through_it():
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "futuuri_site.settings.test"}
    found = subprocess.run(
        [sys.executable, "-c", EVERY_HANDLER],
        cwd=settings.BASE_DIR,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.split()
    handlers = dict(zip(found[::2], found[1::2], strict=True))
    assert {"root", "django", "gunicorn.error"} <= handlers.keys()
    assert set(handlers.values()) == {"WithoutValues"}


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_told(log):
    logger, stream = log
    client = ClientFactory(name=NAME)
    try:
        with transaction.atomic():
            Client.objects.filter(pk=client.pk).update(birth_year=1800)
    except DatabaseError:
        logger.exception("Refused")
    assert "IntegrityError" in stream.getvalue()
    assert NAME not in stream.getvalue()


def test_errors_are_mailed_to_nobody():
    handlers = [
        handler
        for name in ("", "django", "django.request")
        for handler in logging.getLogger(name).handlers
    ]
    assert not [handler for handler in handlers if "Mail" in type(handler).__name__]
