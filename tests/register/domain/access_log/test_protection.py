"""C38: the database itself refuses to change what was sealed."""

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from register.domain.access_log import protection
from tests.factories import ClientFactory
from tests.register.domain.access_log.sealed import lifted, seal, sql, used

pytestmark = pytest.mark.django_db

REFUSED = [
    "UPDATE register_accesslogentry SET view = 'other'",
    "UPDATE register_accesslogentry SET seal = NULL",
    "UPDATE register_accesslogentry SET object_key = ''",
    "UPDATE register_accesslogentry SET object_key = 'other', salt = ''",
    "UPDATE register_accesslogentry SET object_key = '', salt = '', actor = 1",
    "DELETE FROM register_accesslogentry",
    "UPDATE register_accesslogsubject SET client = NULL",
    "UPDATE register_accesslogsubject SET client = NULL, salt = '', entry = 7",
    "UPDATE register_accesslogsubject SET entry = 7",
    "DELETE FROM register_accesslogsubject",
    "UPDATE register_seal SET count = 7",
    "DELETE FROM register_seal",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_it_refuses(all_final, statement):
    used(ClientFactory())
    seal()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        sql(statement)
    with lifted():
        assert sql(statement) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_accesslogentry SET view = 'other'",
        "DELETE FROM register_accesslogentry",
        "UPDATE register_accesslogsubject SET entry = 7",
        "DELETE FROM register_accesslogsubject",
    ],
)
def test_what_waits_for_its_seal_is_not_changed_or_deleted_either(statement):
    used(ClientFactory())
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        sql(statement)


def test_a_trigger_that_vanished_fails_the_check():
    assert found() == []
    for trigger in protection.triggers(connection):
        place = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
        sql(f'DROP TRIGGER "{trigger.name}"{place}')
        assert [trigger.name] == protection.missing(connection)
        assert found() == ["register.E041"]
        protection.put_up(connection)
    assert found() == []


def test_a_trigger_that_knows_a_column_less_fails_the_check(monkeypatch):
    monkeypatch.setattr(protection, "SEALING_OF_ENTRY", ("seal", "place", "mark"))
    assert found() == ["register.E041"]


def found():
    return [each.id for each in run_checks(databases=["default"]) if each.id == "register.E041"]
