"""R15: a restored database bills nothing twice and brings nobody back.

A dump is restored by rolling back to a savepoint: the database is as it was, and the files beside
it are not. `tests/integration/test_restore_drill.py` does it with real dumps.
"""

import csv
import io
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.access_log import restored
from register.domain.billing import batch_file, downloads, exporting, references
from register.domain.erasure import ledger
from register.domain.operations import after_restore, heartbeat
from register.domain.retention import holds
from register.files import counter
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    BookkeepingRow,
    Client,
    Erasure,
    ExportBatch,
    Hold,
    ServiceOrder,
    StatisticTally,
)
from register.models.access_log import Action
from register.models.billing import BatchState
from register.models.staff import Role
from tests.factories import HoldFactory, ProcessorFactory, ServiceOrderFactory, run_on, staff

pytestmark = pytest.mark.django_db
DECEMBER, NEW_YEAR, LAST_DAY = date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 31)


@pytest.fixture(autouse=True)
def ready(django_capture_on_commit_callbacks):
    ProcessorFactory()
    beat()
    # What is done after a commit is done as it comes, inside the test's own transaction.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "on_commit", lambda work, using=None, robust=False: work())
        yield


def beat(times=1):
    for _ in range(times):
        heartbeat.beat(now=timezone.now())


@contextmanager
def then_restored():
    """Do what happens after the backup; then the database is as it was before."""
    with transaction.atomic():
        yield
        beat(3)
        transaction.set_rollback(True)


def run(**options):
    return after_restore.run(today=LAST_DAY, now=timezone.now(), **options)


def a_finished_order(**values):
    return ServiceOrderFactory(actual_end=date(2026, 6, 15), **values)


def exported() -> list[tuple[str, str]]:
    """Name and reference of each line of each file that is there."""
    found = []
    for file in sorted(batch_file.path(ExportBatch().pk).parent.glob("*.txt")):
        rows = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";")
        found += [(row[0], row[2].rsplit(" | ", 1)[1]) for row in list(rows)[1:]]
    return found


def test_what_was_exported_since_is_not_exported_again():
    """The same five services left in a second file under new references."""
    names = {a_finished_order().client.name for _ in range(5)}
    with then_restored():
        exporting.export(today=DECEMBER, by=SYSTEM)
    before = exported()
    assert {name for name, _ in before} == names
    assert not BookkeepingRow.objects.exists()

    done = run()

    assert (done.batches, done.services, done.unknown, done.files) == (1, 5, 0, 0)
    assert exporting.export(today=DECEMBER, by=SYSTEM) is None
    assert exported() == before
    rows = dict(BookkeepingRow.objects.values_list("name", "reference"))
    assert rows == dict(before)
    batch = ExportBatch.objects.get()
    assert (batch.state, batch.row_count, batch.made_on) == (BatchState.WRITTEN, 5, DECEMBER)
    batch_file.open_checked(batch.pk, sha256=batch.sha256).close()
    disclosed = AccessLogEntry.objects.get(action=Action.DISCLOSE)
    assert AccessLogSubject.objects.filter(entry=disclosed.pk).count() == 5


def test_the_rest_of_them_is_exported_by_the_next_export():
    first = a_finished_order()
    with then_restored():
        exporting.export(today=DECEMBER, by=SYSTEM)
    second = a_finished_order()
    run()
    exporting.export(today=DECEMBER, by=SYSTEM)
    assert sorted(name for name, _ in exported()) == sorted([first.client.name, second.client.name])


def test_an_export_that_the_backup_caught_in_the_middle_keeps_its_references():
    for _ in range(3):
        a_finished_order()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "SLICE_ROWS", 1)
        patch.setattr(exporting.batches, "drop_if_empty", killed)
        with pytest.raises(SystemExit):
            exporting.export(today=DECEMBER, by=SYSTEM)
    references_before = set(BookkeepingRow.objects.values_list("reference", flat=True))
    assert ExportBatch.objects.get().is_being_made
    with then_restored():
        exporting.export(today=DECEMBER, by=SYSTEM)
    run()
    assert not ExportBatch.objects.get().is_being_made
    assert set(BookkeepingRow.objects.values_list("reference", flat=True)) == references_before
    assert exporting.export(today=DECEMBER, by=SYSTEM) is None


def killed(*args, **kwargs):
    raise SystemExit


@pytest.mark.parametrize("point", ["write", "finish", "put_in_place"])
def test_a_file_that_was_never_to_be_seen_is_billed_by_the_next_export(point):
    a_finished_order()
    places = {
        "write": (exporting.batch_file, "write"),
        "finish": (exporting.batches, "finish"),
        "put_in_place": (exporting.batches.batch_file, "put_in_place"),
    }
    with then_restored(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(*places[point], killed)
        with pytest.raises(SystemExit):
            exporting.export(today=DECEMBER, by=SYSTEM)
    assert run().services == 0
    assert not references.listings()
    assert exporting.export(today=DECEMBER, by=SYSTEM).row_count == 1
    assert len(exported()) == 1


def test_a_file_that_was_there_counts_though_nobody_could_note_it_any_more():
    a_finished_order()
    with then_restored(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(references, "note", killed)
        with pytest.raises(SystemExit):
            exporting.export(today=DECEMBER, by=SYSTEM)
    assert run().services == 1
    assert exporting.export(today=DECEMBER, by=SYSTEM) is None


@pytest.mark.parametrize("known", [True, False])
def test_a_file_that_was_received_and_removed_is_neither_waited_for_nor_sent_again(known):
    a_finished_order(planned_end=date(2027, 6, 1))
    if known:
        exporting.export(today=DECEMBER, by=SYSTEM)
    with then_restored():
        batch = ExportBatch.objects.first() or exporting.export(today=DECEMBER, by=SYSTEM)
        downloads.mark_received(batch=batch, seen=None, by=staff(Role.BILLING), today=DECEMBER)
        run_on(DECEMBER + timedelta(days=20))
        assert ExportBatch.objects.get().state == BatchState.EXPIRED
    run()
    batch = ExportBatch.objects.get()
    assert (batch.state, batch.received_on) == (BatchState.EXPIRED, DECEMBER)
    assert exporting.export(today=DECEMBER, by=SYSTEM) is None


def test_a_file_that_nobody_knows_is_removed():
    folder = batch_file.path(ExportBatch().pk).parent
    folder.mkdir(parents=True)
    (folder / f"{ExportBatch().pk}.txt").write_text("Salainen;s@example.org")
    with then_restored():
        pass
    assert run(dry=True).files == 1
    assert run().files == 1
    assert not list(folder.glob("*.txt"))


def test_billed_services_that_the_database_does_not_have_are_counted():
    with then_restored():
        a_finished_order()
        exporting.export(today=DECEMBER, by=SYSTEM)
    done = run()
    assert (done.services, done.unknown) == (0, 1)
    assert ExportBatch.objects.get().row_count == 1


def test_who_was_erased_since_is_erased_again_with_what_belongs_to_them():
    erased, kept = a_finished_order(price=0), ServiceOrderFactory(planned_end=date(2027, 6, 1))
    with then_restored():
        run_on(NEW_YEAR)
        acts = set(Erasure.objects.values_list("act", flat=True))
    assert Client.objects.count() == 2
    lines = ledger.path().read_text()

    assert run(dry=True).clients == 1
    assert Client.objects.count() == 2
    done = run()

    assert (done.clients, done.orders, done.torn) == (1, 1, 0)
    assert list(Client.objects.all()) == [kept.client]
    assert set(Erasure.objects.values_list("act", "erased_on", "in_ledger")) == {
        (act, NEW_YEAR, True) for act in acts
    }
    assert ledger.path().read_text() == lines
    assert StatisticTally.objects.get().count == 1
    entry = AccessLogEntry.objects.get(action=Action.ERASE)
    subjects = AccessLogSubject.objects.filter(entry=entry.pk)
    assert list(subjects.values_list("client", flat=True)) == [erased.client_id]


def test_an_order_that_only_the_backup_knows_goes_with_its_client():
    order = a_finished_order(price=0)
    extra = ServiceOrderFactory(client=order.client, planned_end=date(2027, 6, 1))
    with then_restored():
        ServiceOrder.objects.filter(pk=extra.pk).delete()
        run_on(NEW_YEAR)
    assert run().orders == 2
    assert not Client.objects.exists()


def test_a_torn_last_line_is_passed_over_and_told():
    a_finished_order(price=0)
    with then_restored():
        run_on(NEW_YEAR)
    with ledger.path().open("a") as file:
        file.write('{"act": "0000')
    done = run()
    assert (done.clients, done.torn) == (1, 1)


def test_what_was_announced_and_not_done_is_left_to_the_next_run():
    a_finished_order(price=0)
    with then_restored(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "confirm", killed)
        with pytest.raises(SystemExit):
            run_on(NEW_YEAR)
    assert run().clients == 0
    assert Client.objects.exists()


def test_an_unbilled_service_of_somebody_erased_is_billed_once():
    """It was entered on 31 January and exported in February, with nothing to lead to the order."""
    a_finished_order()
    with then_restored():
        run_on(LAST_DAY)
        assert not Client.objects.exists()
        exporting.export(today=date(2027, 2, 1), by=SYSTEM)
    before = exported()

    done = run()

    assert (done.clients, done.services, done.unknown) == (1, 1, 0)
    assert exporting.export(today=date(2027, 2, 1), by=SYSTEM) is None
    row = BookkeepingRow.objects.get()
    assert [(row.name, row.reference)] == before == exported()
    assert row.order is None


def test_an_unbilled_service_of_somebody_erased_keeps_its_reference():
    a_finished_order()
    with then_restored():
        run_on(LAST_DAY)
        row = BookkeepingRow.objects.get()
    run()
    assert BookkeepingRow.objects.get().reference == row.reference
    assert BookkeepingRow.objects.get().pk == row.pk


def test_a_hold_that_was_released_is_released_again():
    hold = HoldFactory(review_on=date(2026, 7, 1))
    other = HoldFactory(review_on=date(2026, 7, 1))
    with then_restored():
        holds.release(hold=hold, seen=None, by=SYSTEM, today=DECEMBER)
    assert Hold.objects.get(pk=hold.pk).is_active(LAST_DAY)
    assert run().holds == 1
    assert Hold.objects.get(pk=hold.pk).released_on == DECEMBER
    assert Hold.objects.get(pk=other.pk).is_active(LAST_DAY)
    assert AccessLogEntry.objects.filter(action=Action.RELEASE).count() == 1


def test_who_is_held_in_the_backup_and_was_erased_since_is_erased():
    order = a_finished_order(price=0)
    hold = HoldFactory(client=order.client, review_on=date(2026, 7, 1))
    with then_restored():
        holds.release(hold=hold, seen=None, by=SYSTEM, today=DECEMBER)
        run_on(NEW_YEAR)
    run()
    assert not Client.objects.exists()


def test_all_sessions_end_and_the_log_tells_of_it(client):
    client.force_login(staff(Role.BILLING))
    with then_restored():
        pass
    assert restored.mismatch()
    done = run()
    assert done.sessions == 1
    assert not Session.objects.exists()
    assert restored.mismatch() is None
    assert restored.inside_number() == counter.read()
    entry = AccessLogEntry.objects.get(view="after_restore")
    assert entry.details["sessions"] == 1


def test_a_dry_run_changes_nothing_and_counts_all(private_dir):
    a_finished_order(price=0)
    a_finished_order(planned_end=date(2027, 6, 1))
    hold = HoldFactory(review_on=date(2026, 7, 1))
    with then_restored():
        holds.release(hold=hold, seen=None, by=SYSTEM, today=DECEMBER)
        exporting.export(today=DECEMBER, by=SYSTEM)
        run_on(NEW_YEAR)

    def everything():
        files = {f: f.read_bytes() for f in private_dir.rglob("*") if f.is_file()}
        models = (Client, ServiceOrder, Hold, BookkeepingRow, ExportBatch, AccessLogEntry, Erasure)
        return files, [list(model.objects.order_by("pk").values()) for model in models]

    before = everything()
    told = run(dry=True)
    after = everything()
    assert after[1] == before[1]
    assert {f: c for f, c in after[0].items() if f in before[0]} == before[0]
    assert restored.mismatch()
    assert run() == told


def test_a_folder_that_was_lost_learns_what_the_database_knows(private_dir):
    a_finished_order(price=0)
    run_on(NEW_YEAR)
    beat(3)
    for name in ("counter", "ledger.jsonl"):
        (private_dir / name).unlink()
    assert restored.mismatch()
    run()
    assert restored.mismatch() is None
    act = Erasure.objects.get().act
    assert ledger.read().confirmed == {act}
    assert len(ledger.read().done[act]) == 2
