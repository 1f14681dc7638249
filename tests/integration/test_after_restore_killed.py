"""An `after_restore` that is killed (kill -9) anywhere is simply run again (R15)."""

import signal
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.access_log import restored
from register.domain.billing import batch_file, exporting
from register.domain.operations import after_restore, heartbeat
from register.domain.retention import holds, runs
from register.files import counter
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    BookkeepingRow,
    Client,
    Erasure,
    ExportBatch,
    Hold,
    StatisticTally,
)
from register.models.access_log import Action
from tests.factories import (
    HoldFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    run_on,
)

DECEMBER, NEW_YEAR = date(2026, 12, 28), date(2027, 1, 1)
DUE, HELD, BILLED = 6, 2, 4

RUN = """
from datetime import date
from django.utils import timezone
from register.domain.access_log import restored
from register.domain.billing import batch_file, bookkeeping, restoring
from register.domain.erasure import engine
from register.domain.operations import after_restore
from register.domain.retention import holds, replay
{arrange}
after_restore.run(today=date(2027, 1, 31), now=timezone.now())
"""
KILLED_AT = {
    "before anything": "restoring.learn = die",
    "inside a batch": "bookkeeping.enter_again = die_after(1, bookkeeping.enter_again)",
    "after a batch": "restoring.learn = die_after(1, restoring.learn)",
    "between two holds": "holds.release = die_at(2, holds.release)",
    "before the first act": "replay._erase_again = die",
    "inside an act": "engine._delete = die_after(3, engine._delete)",
    "between two acts": "replay._erase_again = die_at(2, replay._erase_again)",
    "before the files": "batch_file.remove_unknown = die",
    "before the end is noted": "after_restore._settle = die",
    "inside the last transaction": "after_restore.record = die_after(1, after_restore.record)",
    "before it is shown outside": "restored.show_outside = die",
}


@contextmanager
def then_restored():
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "on_commit", lambda work, using=None, robust=False: work())
        yield
        for _ in range(3):
            heartbeat.beat(now=timezone.now())
        transaction.set_rollback(True)


@pytest.fixture
def restored_dump(transactional_db, client):
    """Since the backup: clients erased in three acts, services billed, holds released."""
    shared = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "counsellor": StaffMemberFactory(),
    }
    ProcessorFactory()
    ServiceOrderFactory.create_batch(DUE, actual_end=date(2026, 6, 15), price=0, **shared)
    ServiceOrderFactory.create_batch(
        BILLED, starts_on=date(2026, 1, 2), actual_end=date(2027, 1, 2), **shared
    )
    HoldFactory.create_batch(HELD)
    client.force_login(StaffMemberFactory().user)
    heartbeat.beat(now=timezone.now())
    with then_restored(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "BATCH", 3)
        for hold in Hold.objects.all():
            holds.release(hold=hold, seen=None, by=SYSTEM, today=DECEMBER)
        exporting.export(today=date(2027, 1, 5), by=SYSTEM)
        run_on(NEW_YEAR + timedelta(days=5))
    unknown = batch_file.path(ExportBatch().pk)
    unknown.write_text("Salainen;s@example.org;x")


def assert_the_end_is_as_after_one_run():
    assert restored.mismatch() is None
    assert restored.inside_number() == counter.read()
    assert Client.objects.filter(orders__price=0).count() == 0
    assert Erasure.objects.count() == 3
    assert StatisticTally.objects.get().count == DUE
    erased = AccessLogEntry.objects.filter(action=Action.ERASE).values("pk")
    subjects = AccessLogSubject.objects.filter(entry__in=erased)
    assert subjects.count() == subjects.values("client").distinct().count() == DUE + HELD
    assert not Hold.objects.exists()
    assert AccessLogEntry.objects.filter(action=Action.RELEASE).count() == HELD
    assert BookkeepingRow.objects.count() == BILLED
    assert ExportBatch.objects.get().row_count == BILLED
    assert [file.name for file in batch_file.path(ExportBatch().pk).parent.glob("*.txt")] == [
        f"{ExportBatch.objects.get().pk}.txt"
    ]
    assert AccessLogEntry.objects.filter(action=Action.DISCLOSE).count() == 1
    assert not Session.objects.exists()
    assert exporting.export(today=date(2027, 1, 6), by=SYSTEM) is None


@pytest.mark.parametrize("arrange", KILLED_AT.values(), ids=KILLED_AT.keys())
def test_after_a_kill_the_next_one_completes_it(restored_dump, other_processes, arrange):
    assert other_processes.run(RUN.format(arrange=arrange)) == [-signal.SIGKILL]
    if "show_outside" not in arrange:  # there it is done but for the file, which is a step behind
        assert restored.mismatch()

    after_restore.run(today=date(2027, 1, 31), now=timezone.now())

    assert_the_end_is_as_after_one_run()
