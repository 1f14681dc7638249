"""No log line names a person, also when an error's text does."""

import io
import logging

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
