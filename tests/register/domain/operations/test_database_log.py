"""C38: a server whose log can name people is found, whichever setting it is."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from register.domain.operations import database_log
from register.domain.operations.finding import Level
from tests.register.domain.operations.conditions import quieten_the_database, set_in_database

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
TELLING = {
    "log_min_messages": "error",
    "log_min_error_statement": "fatal",
    "log_error_verbosity": "default",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "20",
    "log_statement": "mod",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "10",
    "log_transaction_sample_rate": "0.5",
    "debug_print_parse": "on",
    "debug_print_rewritten": "on",
    "debug_print_plan": "on",
}


@pytest.fixture
def quiet():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no log.")
    quieten_the_database()


def test_a_quiet_log_is_well(quiet):
    assert database_log.telling() == []
    assert database_log.look(NOW).level is Level.WELL


@pytest.mark.parametrize(("name", "value"), TELLING.items(), ids=TELLING)
def test_one_setting_is_enough_to_tell(quiet, name, value):
    set_in_database(name, value)
    found = database_log.look(NOW)
    assert (found.level, found.value) == (Level.WRONG, 1)
    assert found.details == (name,)


def test_plans_that_the_server_explains_tell_values(quiet):
    with connection.cursor() as cursor:
        cursor.execute("LOAD 'auto_explain'")
    assert database_log.telling() == []
    set_in_database("auto_explain.log_min_duration", "0")
    assert database_log.telling() == ["auto_explain.log_min_duration"]


def test_every_setting_is_tried():
    assert set(TELLING) | {"auto_explain.log_min_duration"} == set(database_log.QUIET)


def test_a_database_without_a_log_is_well():
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has one.")
    assert database_log.look(NOW).level is Level.WELL
