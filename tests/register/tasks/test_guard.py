"""Nothing personal reaches django-q2's tables, whatever a task does (C38)."""

import base64
import binascii
import json
import pydoc
import zlib
from datetime import date

import pytest
from django.db import connection, transaction
from django_q.models import OrmQ, Schedule, Task
from django_q.signing import SignedPackage
from django_q.tasks import async_task

from register.exceptions import TaskFailed
from register.models import Client
from register.tasks import guard
from register.tasks.guard import guarded
from register.tasks.schedules import SCHEDULES
from tests.factories import ClientFactory, ServiceOrderFactory
from tests.register.tasks.queue import run

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
NAME = "Ääkkönen-Salainen Ilta"


def break_constraint(client: str) -> dict[str, int]:
    """PostgreSQL answers with the whole row, name included, though only a key was given."""
    with transaction.atomic():
        Client.objects.filter(pk=client).update(birth_year=1800)
    return {}


def raise_chain(client: str) -> dict[str, int]:
    try:
        raise ValueError(Client.objects.get(pk=client).name)
    except ValueError as error:
        raise LookupError(f"no such thing: {error}") from error


def break_constraint_with_care(client: str) -> dict[str, int]:
    return guarded(break_constraint)(client)


def raise_chain_with_care(client: str) -> dict[str, int]:
    return guarded(raise_chain)(client)


def layers(value: bytes):
    """Yield a stored value and what is inside it: base64, zlib, pickle's bytes."""
    yield value
    for part in value.split(b":"):
        for decode in (base64.b64decode, base64.urlsafe_b64decode):
            try:
                inner = decode(part + b"=" * (-len(part) % 4))
            except binascii.Error:
                continue
            yield inner
            try:
                yield zlib.decompress(inner)
            except zlib.error:
                continue


def stored_anywhere(text: str) -> bool:
    """Whether the text is in any column of django-q2's tables, plain or packed."""
    needles = {text.encode(), json.dumps(text)[1:-1].encode(), repr(text.encode())[2:-1].encode()}
    for model in (OrmQ, Task, Schedule):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for value in (value for row in cursor for value in row if value is not None):
                if any(
                    needle in layer for layer in layers(str(value).encode()) for needle in needles
                ):
                    return True
    return False


@pytest.mark.parametrize("func", ["raise_chain_with_care", "break_constraint_with_care"])
def test_a_failure_leaves_no_value_behind(func, caplog):
    client = ClientFactory(name=NAME)
    result = run(f"tests.register.tasks.test_guard.{func}", str(client.pk))

    assert not result.success
    assert ("LookupError" if "chain" in func else "IntegrityError") in result.result
    assert not stored_anywhere(NAME)
    assert NAME not in caplog.text
    assert not OrmQ.objects.exists()


def test_the_scan_finds_what_an_unwrapped_task_leaves():
    client = ClientFactory(name=NAME)
    run("tests.register.tasks.test_guard.raise_chain", str(client.pk))
    assert stored_anywhere(NAME)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL tells the row")
def test_postgresql_would_tell_the_row():
    client = ClientFactory(name=NAME)
    run("tests.register.tasks.test_guard.break_constraint", str(client.pk))
    assert stored_anywhere(NAME)


def test_the_scan_looks_into_queued_arguments():
    async_task("register.tasks.entry.beat", NAME)
    assert stored_anywhere(NAME)


def test_the_error_has_neither_cause_nor_context():
    with pytest.raises(TaskFailed, match=r"^LookupError$") as failure:
        raise_chain_with_care(str(ClientFactory(name=NAME).pk))
    assert failure.value.__cause__ is None
    assert failure.value.__context__ is None


def test_attempts_are_counted_before_the_work():
    seen = []

    @guarded
    def work():
        seen.append(Task.objects.get().attempt_count)
        return {}

    async_task("register.tasks.entry.beat")
    package = SignedPackage.loads(OrmQ.objects.get().payload)
    for _ in range(3):
        guard.note_running_task(task=package)
        work()
    guard.note_running_task(task=package)
    with pytest.raises(TaskFailed, match="too many attempts"):
        work()
    assert seen == [1, 2, 3]


def test_an_export_without_recipient_fails_visibly(settings):
    ServiceOrderFactory(client__name=NAME, starts_on=date(2020, 1, 1), planned_end=date(2020, 5, 1))
    result = run("register.tasks.entry.export_billing")
    assert not result.success
    assert "TaskFailed: NoRecipient" in result.result
    assert not stored_anywhere(NAME)


def test_every_scheduled_task_is_wrapped():
    assert all(hasattr(pydoc.locate(plan.func), "__wrapped__") for plan in SCHEDULES)
