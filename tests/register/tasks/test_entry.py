"""The entry points: work in slices, and each asks for its own period."""

from datetime import date, timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from django_q.models import OrmQ

from register.domain.notices import publication
from register.domain.operations import heartbeat
from register.files import counter
from register.models import Client, Heartbeat, MaterialChange
from register.models.billing import BatchState
from register.reference.clock import today
from register.tasks import entry
from tests.factories import (
    ClientFactory,
    ExportBatchFactory,
    ServiceOrderFactory,
    UserFactory,
    list_of_last_evening,
)
from tests.register.domain.operations.conditions import a_backup
from tests.register.tasks.queue import run

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)


def test_the_heartbeat_runs_through_the_queue():
    result = run("register.tasks.entry.beat")
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
    list_of_last_evening(today())
    publication.publish(version=2, material=True, reason="Muutos", address="/", today=today())
    settings.REGISTER = settings.REGISTER | {"SLICE": timedelta(seconds=-1)}
    first = run("register.tasks.entry.apply_retention")

    assert (first.success, first.result) == (True, {"clients": 0, "orders": 0})
    message = OrmQ.objects.get()
    assert (message.func(), message.args()) == ("register.tasks.entry.apply_retention", ())
    assert Client.objects.filter(pk=due.client_id).exists()

    settings.REGISTER = settings.REGISTER | {"SLICE": timedelta(seconds=45)}
    message.delete()
    last = run("register.tasks.entry.apply_retention")
    assert last.result == {"clients": 1, "orders": 1}
    assert not OrmQ.objects.exists()
    assert not Client.objects.exists()
    # Who was the last to be told of a change of the notice is not waited for any more (C19).
    assert MaterialChange.objects.get().finished_on == today()


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
    assert entry.billing_is_due(MONDAY + timedelta(days=3)) is due


def test_keys_are_made_anew_in_slices_that_know_how_far_they_came(settings):
    for _ in range(2):
        ClientFactory(name="Maija Aho")
    QuerySet(Client).update(name="Maija Örn")
    settings.REGISTER = settings.REGISTER | {"SLICE": timedelta(seconds=-1)}
    first = run("register.tasks.entry.mend_keys")

    message = OrmQ.objects.get()
    model, key = message.args()
    assert (message.func(), first.success) == ("register.tasks.entry.mend_keys", True)
    assert model in {"register.Client", "register.StaffMember", "register.Service"}
    assert key

    settings.REGISTER = settings.REGISTER | {"SLICE": timedelta(seconds=45)}
    message.delete()
    last = entry.mend_keys(model, key)
    assert first.result["rows"] + last["rows"] == 2
    assert not OrmQ.objects.exists()


TASKS = sorted(
    name
    for name, value in vars(entry).items()
    if hasattr(value, "__wrapped__") and value.__module__ == entry.__name__
)


@pytest.mark.parametrize("name", TASKS)
def test_on_a_restored_database_only_the_heartbeat_works(name):
    heartbeat.beat(now=timezone.now())
    counter.write(99)
    result = run(f"register.tasks.entry.{name}")
    assert result.success == (name == "beat")
    if not result.success:
        assert "NotTogether" in result.result


def test_backups_are_looked_after_each_night():
    now = timezone.now()
    for days in (60, 27, 1):
        a_backup(at=now - timedelta(days=days))
    result = run("register.tasks.entry.look_after_backups")
    assert result.result == {"removed": 1, "left": 2, "oldest_days": 27}
