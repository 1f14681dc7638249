"""Background work that meets: what the database undoes is run again, and it seldom has to."""

import base64
import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain import statistics
from register.domain.billing import batch_file, exporting
from register.domain.operations import key_rotation, tidying
from register.domain.retention import runs
from register.models import (
    AccessLogEntry,
    BookkeepingRow,
    Client,
    ExportBatch,
    Feedback,
    PublishedYear,
    RetentionRun,
    ServiceOrder,
    StatisticTally,
)
from register.models.access_log import Action
from register.models.billing import BatchState
from tests.factories import (
    BookkeepingRowFactory,
    ExportBatchFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    list_of_last_evening,
    run_on,
)
from tests.integration.processes import wait_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'",
        reason="SQLite has one lock, taken when a transaction begins: there is no deadlock",
    ),
]

# --- both at once, as two processes

ORDERS = 40
# A year after the orders' end their deferral is over (O5): retention enters what exports do.
# On 31 January the export would make no file.
EXPORT = """
from datetime import date
from register.access.standing import SYSTEM
from time import sleep
from django.db import connection
from register.domain.billing import bookkeeping, exporting
enter = bookkeeping.enter
def enter_and_wait(*args, **kwargs):
    entered = enter(*args, **kwargs)
    (Path(sys.argv[1]) / "entered").touch()
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot(), count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[1]:
                break
        sleep(0.05)
    return entered
bookkeeping.enter = enter_and_wait
exporting.export(today=date(2027, 1, 30), by=SYSTEM)
"""
RETENTION = """
from datetime import date
from time import sleep
from register.domain.retention import night, runs
from tests.factories import night_of
runs.log_failure = night.log_failure = lambda *args: os._exit(1)
while not (Path(sys.argv[1]) / "entered").exists():
    sleep(0.05)
runs.apply(today=date(2027, 1, 30), now=night_of(date(2027, 1, 30)))
"""


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def test_retention_and_export_take_their_rows_in_one_order(other_processes, private_dir):
    """The export has entered its orders and not committed when retention comes to them."""
    private_dir.mkdir()
    ProcessorFactory()
    ServiceOrderFactory.create_batch(
        ORDERS,
        planned_end=date(2026, 1, 15),
        service=ServiceFactory(),
        office=OfficeFactory(),
        counsellor=StaffMemberFactory(),
    )
    list_of_last_evening(date(2027, 1, 30))
    before = deadlocks()

    assert other_processes.run(EXPORT, RETENTION) == [0, 0]

    assert deadlocks() == before
    assert not Client.objects.exists()
    assert not ServiceOrder.objects.exists()
    assert BookkeepingRow.objects.count() == ORDERS
    assert ExportBatch.objects.get().state == BatchState.WRITTEN


# --- whatever the order, what is undone is run again


class Rival:
    """A transaction that locks rows which the work will want, and goes on once the work waits.

    It waits patiently, so that the database undoes the work and not the rival.
    """

    def __init__(self, takes: QuerySet, then: Callable[[], object]) -> None:
        self.takes, self.then = takes, then
        self.pid = connection.connection.info.backend_pid
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self.thread.start()
        assert self.ready.wait(timeout=30)

    def __exit__(self, *error: object) -> None:
        self.thread.join(timeout=60)
        assert not self.thread.is_alive()

    def _run(self) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL deadlock_timeout = '60s'")
                lock(self.takes)
                self.ready.set()
                wait_for(self._work_waits)
                self.then()
        finally:
            connection.close()

    def _work_waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot(), wait_event_type = 'Lock' FROM pg_stat_activity"
                " WHERE pid = %s",
                [self.pid],
            )
            return bool(cursor.fetchone()[1])


def rows_of(instance: Model) -> QuerySet:
    return type(instance)._base_manager.filter(pk=instance.pk)


def lock(rows: QuerySet) -> None:
    assert list(rows.select_for_update())


def an_order(**fields) -> ServiceOrder:
    return ServiceOrderFactory(planned_end=date(2026, 6, 15), price=0, **fields)


def a_feedback() -> Feedback:
    return Feedback.objects.create(received_on=date(2026, 1, 2), answers="[]")


def a_row_with_address() -> BookkeepingRow:
    batch = ExportBatchFactory(state=BatchState.WRITTEN, made_on=FEBRUARY)
    return BookkeepingRowFactory(batch=batch)


def a_tally() -> StatisticTally:
    return StatisticTally.objects.create(
        year=2026, service=ServiceFactory(), office=OfficeFactory(), manner="remote", count=6
    )


FEBRUARY = date(2027, 2, 1)
TAKEN_FROM_RETENTION = {
    "a due client": lambda: an_order().client,
    "a due order": an_order,
    "last year's feedback": a_feedback,
    "a voucher past its time": lambda: BookkeepingRowFactory(keep_until=date(2026, 12, 31)),
    "a row whose address is blanked": a_row_with_address,
    "a batch whose file is removed": lambda: ExportBatchFactory(
        state=BatchState.WRITTEN, made_on=date(2026, 12, 1)
    ),
    "a tally to be published": a_tally,
}


@pytest.mark.parametrize("taken", TAKEN_FROM_RETENTION.values(), ids=TAKEN_FROM_RETENTION.keys())
def test_retention_runs_what_was_undone_again_and_counts_no_failure(taken, monkeypatch, caplog):
    monkeypatch.setattr(runs, "ATTEMPTS", 1)
    row, run = taken(), RetentionRun.objects.create(today=FEBRUARY)

    with Rival(takes=rows_of(row), then=partial(lock, rows_of(run))):
        run_on(FEBRUARY)

    run.refresh_from_db()
    assert run.finished_at is not None
    assert (run.clients_failed, run.steps_failed) == (0, 0)
    assert "failed" not in caplog.text
    assert_nothing_is_due(run)


def assert_nothing_is_due(run: RetentionRun) -> None:
    """Each of what was there was done, and counted, once."""
    again = run_on(FEBRUARY)
    counted = ("clients_erased", "orders_erased", "feedback_erased", "vouchers_erased")
    assert [getattr(again, name) for name in (*counted, "files_removed")] == [0] * 5
    assert not BookkeepingRow.objects.exclude(email="").exists()
    assert not StatisticTally.objects.filter(year=2026).exists()
    assert sum(getattr(run, name) for name in (*counted, "files_removed")) <= 2


def test_publishing_statistics_is_run_again():
    run = RetentionRun.objects.create(today=FEBRUARY)
    with Rival(takes=rows_of(a_tally()), then=partial(lock, rows_of(run))):
        statistics.publish(today=FEBRUARY)
    assert not StatisticTally.objects.exists()
    assert PublishedYear.objects.count() == 1


TAKEN_FROM_EXPORT = {
    "a billable order": lambda batch: ServiceOrderFactory(planned_end=date(2026, 6, 15)),
    "an unbilled row": lambda batch: BookkeepingRowFactory(),
    "a row whose address is blanked": lambda batch: BookkeepingRowFactory(batch=batch),
}


@pytest.mark.parametrize("taken", TAKEN_FROM_EXPORT.values(), ids=TAKEN_FROM_EXPORT.keys())
def test_an_export_runs_what_was_undone_again(taken):
    batch = ExportBatchFactory(recipient=ProcessorFactory())
    row = taken(batch)

    with Rival(takes=rows_of(row), then=partial(lock, rows_of(batch))):
        exporting.export(today=FEBRUARY, by=SYSTEM)

    batch.refresh_from_db()
    assert (batch.state, batch.row_count, batch.attempts) == (BatchState.WRITTEN, 1, 1)
    assert len(batch_file.path(batch.pk).read_text().splitlines()) == 1 + 1
    assert AccessLogEntry.objects.filter(action=Action.DISCLOSE).count() <= 1


def test_an_order_that_is_erased_before_it_is_claimed_hides_no_other(monkeypatch):
    monkeypatch.setattr(exporting, "SLICE_ROWS", 2)
    ProcessorFactory()
    orders = ServiceOrderFactory.create_batch(5, planned_end=date(2026, 6, 15))
    first = rows_of(min(orders, key=lambda order: order.pk))

    with Rival(takes=first, then=first.delete):
        batch = exporting.export(today=FEBRUARY, by=SYSTEM)

    assert (batch.state, batch.row_count) == (BatchState.WRITTEN, 4)


def test_rotating_keys_is_run_again(settings):
    first, second = sorted((a_feedback(), a_feedback()), key=lambda feedback: feedback.pk)
    keys = settings.REGISTER["ENCRYPTION_KEYS"]
    new_key = base64.b64encode(bytes(32)).decode()
    settings.REGISTER = settings.REGISTER | {"ENCRYPTION_KEYS": {"new": new_key} | keys}
    column = key_rotation.Column(Feedback, vars(Feedback)["answers"])

    with Rival(takes=rows_of(second), then=partial(lock, rows_of(first))):
        assert key_rotation.rotate(column) == key_rotation.Result(rotated=2)

    assert not key_rotation.outdated(column).exists()


def test_tidying_up_is_run_again():
    now = timezone.now()
    first, second = (
        Session.objects.create(session_key=key, expire_date=now - timedelta(days=1)) for key in "12"
    )
    with Rival(takes=rows_of(second), then=partial(lock, rows_of(first))):
        assert tidying.tidy_up(now=now) == 2
