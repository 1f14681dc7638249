"""Nothing personal reaches django-q2's tables, whatever a task does (C38, PITFALLS)."""

import base64
import binascii
import json
import multiprocessing
import pydoc
import zlib
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task
from django_q.monitor import monitor
from django_q.queues import Queue
from django_q.signing import SignedPackage
from django_q.tasks import async_task
from django_q.worker import worker

from register import task_safety, tasks
from register.enums import BatchState
from register.exceptions import TaskFailed
from register.models import Client, Heartbeat
from register.schedules import SCHEDULES
from register.task_safety import careful
from tests.factories import ClientFactory, ExportBatchFactory, ServiceOrderFactory, UserFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
NAME = "Ääkkönen-Salainen Ilta"


@pytest.fixture(autouse=True)
def connection_of_the_test(monkeypatch):
    """django-q2 closes connections between tasks; the test's transaction needs its own."""
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)


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
    return careful(break_constraint)(client)


def raise_chain_with_care(client: str) -> dict[str, int]:
    return careful(raise_chain)(client)


def run(func, *args):
    """Queue a task and let django-q2's own worker and monitor run it here and store its result."""
    async_task(func, *args)
    message = OrmQ.objects.latest("pk")
    package = SignedPackage.loads(message.payload) | {"ack_id": message.pk}
    todo, results = Queue(), Queue()
    for entry in (package, "STOP"):
        todo.put(entry)
    worker(todo, results, multiprocessing.Value("f", -1), timeout=-1)
    results.put("STOP")
    monitor(results)
    return Task.objects.get(id=package["id"])


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
    result = run(f"tests.register.test_tasks.{func}", str(client.pk))

    assert not result.success
    assert ("LookupError" if "chain" in func else "IntegrityError") in result.result
    assert not stored_anywhere(NAME)
    assert NAME not in caplog.text
    assert not OrmQ.objects.exists()


def test_the_scan_finds_what_an_unwrapped_task_leaves():
    client = ClientFactory(name=NAME)
    run("tests.register.test_tasks.raise_chain", str(client.pk))
    assert stored_anywhere(NAME)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL tells the row")
def test_postgresql_would_tell_the_row():
    client = ClientFactory(name=NAME)
    run("tests.register.test_tasks.break_constraint", str(client.pk))
    assert stored_anywhere(NAME)


def test_the_scan_looks_into_queued_arguments():
    async_task("register.tasks.beat", NAME)
    assert stored_anywhere(NAME)


def test_the_error_has_neither_cause_nor_context():
    with pytest.raises(TaskFailed, match=r"^LookupError$") as failure:
        raise_chain_with_care(str(ClientFactory(name=NAME).pk))
    assert failure.value.__cause__ is None
    assert failure.value.__context__ is None


def test_attempts_are_counted_before_the_work():
    seen = []

    @careful
    def work():
        seen.append(Task.objects.get().attempt_count)
        return {}

    async_task("register.tasks.beat")
    package = SignedPackage.loads(OrmQ.objects.get().payload)
    for _ in range(3):
        task_safety.note_running_task(task=package)
        work()
    task_safety.note_running_task(task=package)
    with pytest.raises(TaskFailed, match="too many attempts"):
        work()
    assert seen == [1, 2, 3]


def test_the_heartbeat_runs_through_the_queue():
    result = run("register.tasks.beat")
    assert result.success
    assert result.result == {"beats": 1}
    assert Heartbeat.objects.exists()


def test_retention_works_in_slices_that_queue_the_next_one(settings):
    due = ServiceOrderFactory(
        starts_on=date(2020, 1, 1),
        planned_end=date(2020, 5, 1),
        actual_end=date(2020, 5, 1),
        price=0,
    )
    settings.REGISTER = settings.REGISTER | {"SLICE": timedelta(seconds=-1)}
    first = run("register.tasks.apply_retention")

    assert (first.success, first.result) == (True, {"clients": 0, "orders": 0})
    message = OrmQ.objects.get()
    assert (message.func(), message.args()) == ("register.tasks.apply_retention", ())
    assert Client.objects.filter(pk=due.client_id).exists()

    settings.REGISTER = settings.REGISTER | {"SLICE": timedelta(seconds=45)}
    message.delete()
    last = run("register.tasks.apply_retention")
    assert last.result == {"clients": 1, "orders": 1}
    assert not OrmQ.objects.exists()
    assert not Client.objects.exists()


def test_an_export_without_recipient_fails_visibly(settings):
    ServiceOrderFactory(client__name=NAME, starts_on=date(2020, 1, 1), planned_end=date(2020, 5, 1))
    result = run("register.tasks.export_billing")
    assert not result.success
    assert "TaskFailed: NoRecipient" in result.result
    assert not stored_anywhere(NAME)


def test_every_scheduled_task_is_wrapped():
    assert all(hasattr(pydoc.locate(plan.func), "__wrapped__") for plan in SCHEDULES)


@pytest.mark.parametrize(
    ("made_by_hand", "made_on", "state", "due"),
    [
        (False, MONDAY, BatchState.WRITTEN, False),
        (False, MONDAY - timedelta(days=1), BatchState.RECEIVED, True),
        (False, MONDAY, BatchState.OPEN, True),
        (True, MONDAY, BatchState.WRITTEN, True),
    ],
)
def test_billing_is_due_once_a_week_or_while_a_batch_is_open(made_by_hand, made_on, state, due):
    by = UserFactory() if made_by_hand else None
    ExportBatchFactory(made_by=by, made_on=made_on, state=state)
    assert tasks.billing_is_due(MONDAY + timedelta(days=3)) is due


def test_old_results_and_ended_sessions_are_forgotten():
    now = timezone.now()
    for number, age in enumerate((10, 100)):
        then = now - timedelta(days=age)
        Task.objects.create(
            id=str(number), name="x", func="x", started=then, stopped=then, success=False
        )
        Session.objects.create(session_key=str(number), expire_date=then)
    assert tasks.tidy_up() == {"rows": 3}
    assert [task.id for task in Task.objects.all()] == ["0"]
