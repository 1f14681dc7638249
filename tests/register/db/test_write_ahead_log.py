"""SQLite's write-ahead log holds erased names until it is emptied (C44)."""

from pathlib import Path

import pytest
from django.db import connection

from register.db import write_ahead_log
from register.models import Client
from register.reference.clock import today
from tests.factories import ClientFactory, run_on

NAME = "Keksitty Kadonnut-Nimi"
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own log")


def files() -> dict[str, bytes]:
    name = Path(connection.settings_dict["NAME"])
    return {path.name: path.read_bytes() for path in name.parent.glob(f"{name.name}*")}


def holds(name: str) -> bool:
    return any(name.encode() in content for content in files().values())


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_after_a_run_no_file_of_the_database_holds_an_erased_name():
    day = today()
    ClientFactory(name=NAME, created_on=day.replace(year=day.year - 1))
    assert holds(NAME)
    run_on(day)
    assert not Client.objects.exists()
    assert not holds(NAME)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_an_erasure_alone_empties_the_log():
    from django.db import transaction

    from register.domain.erasure import engine

    client = ClientFactory(name=NAME)
    with transaction.atomic():
        engine.erase(orders={}, clients=[client.pk], today=today(), view="test")
    assert not holds(NAME)


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_done():
    ClientFactory(name=NAME)
    write_ahead_log.empty()
    assert Client.objects.filter(name=NAME).exists()
