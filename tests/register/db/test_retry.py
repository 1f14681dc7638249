"""A transaction that the database gave up is run again; any other error is raised."""

import sqlite3
import threading

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from register.db import retry
from register.models import Office
from tests.factories import OfficeFactory

pytestmark = pytest.mark.django_db(transaction=True)

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one lock: there is no deadlock"
)
on_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL locks rows, not the database"
)
TRIES = len(retry.PAUSES) + 1


class Failing:
    """Work that fails so many times in such a way, and then returns "done"."""

    def __init__(self, failures: int, error: Exception, cause: Exception | None = None) -> None:
        self.failures, self.error, self.cause = failures, error, cause
        self.tries = 0

    def __call__(self) -> str:
        self.tries += 1
        OfficeFactory(name=f"Try {self.tries}")
        if self.tries <= self.failures:
            raise self.error from self.cause
        return "done"


def deadlocked(failures: int) -> Failing:
    return Failing(failures, OperationalError(), psycopg.errors.DeadlockDetected())


@pytest.mark.parametrize("failures", range(TRIES))
def test_a_deadlock_is_run_again_and_leaves_nothing_of_the_try_before(failures):
    work = deadlocked(failures)
    assert retry.in_transaction(work) == "done"
    assert Office.objects.get().name == f"Try {failures + 1}"


def test_it_gives_up_after_the_last_try():
    work = deadlocked(failures=99)
    with pytest.raises(OperationalError):
        retry.in_transaction(work)
    assert work.tries == TRIES
    assert not Office.objects.exists()


def test_it_gives_up_when_it_has_taken_too_long(monkeypatch):
    monkeypatch.setattr(retry, "PATIENCE", -1)
    work = deadlocked(failures=99)
    with pytest.raises(OperationalError):
        retry.in_transaction(work)
    assert work.tries == 1


@pytest.mark.parametrize(
    "error", [IntegrityError(), OperationalError("connection lost"), ValueError(), SystemExit()]
)
def test_any_other_error_is_raised_at_once(error):
    work = Failing(1, error)
    with pytest.raises(type(error)):
        retry.in_transaction(work)
    assert work.tries == 1
    assert not Office.objects.exists()


def test_an_error_that_the_caller_names_is_run_again_too():
    work = Failing(1, IntegrityError())
    assert retry.in_transaction(work, again_on=(IntegrityError,)) == "done"


def test_inside_another_transaction_it_is_tried_once():
    work = deadlocked(failures=1)
    with transaction.atomic(), pytest.raises(OperationalError):
        retry.in_transaction(work)
    assert work.tries == 1


def test_the_pauses_are_random_and_grow(monkeypatch):
    slept = []
    monkeypatch.setattr(retry, "sleep", slept.append)
    for _ in range(20):
        retry.in_transaction(deadlocked(failures=4))
        Office.objects.all().delete()
    for pause, longest in enumerate(retry.PAUSES):
        seconds = slept[pause :: len(retry.PAUSES)]
        assert len(set(seconds)) == 20
        assert longest / 2 < max(seconds) <= longest


@on_postgresql
def test_two_transactions_that_wait_for_each_other_both_end_well():
    offices = OfficeFactory.create_batch(2)
    tries, both_hold_one = [], threading.Barrier(2, timeout=30)

    def rename(first: Office, second: Office) -> None:
        def work() -> None:
            tries.append(first.pk)
            Office._base_manager.filter(pk=first.pk).update(name=f"{first.pk} by {first.pk}")
            if len(tries) <= 2:
                both_hold_one.wait()
            Office._base_manager.filter(pk=second.pk).update(name=f"{second.pk} by {first.pk}")

        try:
            retry.in_transaction(work)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=rename, args=pair) for pair in (offices, list(reversed(offices)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(tries) == 3
    # Whoever was undone came last, and did all its work anew.
    assert [office.name.split(" by ")[1] for office in Office.objects.all()] == [str(tries[2])] * 2


@on_postgresql
def test_a_serialization_failure_is_run_again():
    office = OfficeFactory(name="old")
    rival = connection.copy()
    tries = []

    def work() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        seen = Office.objects.get(pk=office.pk).name
        if len(tries) == 1:
            with rival.cursor() as cursor:
                cursor.execute("UPDATE register_office SET name = 'theirs'")
        Office._base_manager.filter(pk=office.pk).update(name=f"{seen} and ours")

    try:
        retry.in_transaction(work)
    finally:
        rival.close()
    assert Office.objects.get().name == "theirs and ours"


@on_sqlite
def test_a_locked_database_is_tried_again(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    rival = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(retry, "sleep", lambda pause: rival.execute("ROLLBACK"))
    try:
        retry.in_transaction(OfficeFactory)
    finally:
        rival.close()
        connection.close()
    assert Office.objects.count() == 1
