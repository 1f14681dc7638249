"""An export that is killed (kill -9), and two at once: each service is exported exactly once."""

import csv
import io
import signal
from collections import Counter
from datetime import date

import pytest

from register.access.standing import SYSTEM
from register.domain.billing import batch_file, exporting
from register.models import AccessLogSubject, BookkeepingRow, ExportBatch
from register.models.billing import BatchState
from tests.factories import (
    BookkeepingRowFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
)

TODAY = date(2026, 12, 31)
ORDERS = 40
ERASED = "poistunut@example.org"

EXPORT = """
from datetime import date
from register.access.standing import SYSTEM
from register.domain.billing import batch_file, batches, bookkeeping, claims, exporting
from register.files import durable
exporting.SLICE_ROWS = 7
{arrange}
exporting.export(today=date(2026, 12, 31), by=SYSTEM)
"""
KILLED_AT = {
    "after the batch is opened": "batches.open_batch = die_after(1, batches.open_batch)",
    "inside a claim": "bookkeeping.enter = die_at(3, bookkeeping.enter)",
    "between two claims": "claims.claim = die_after(3, claims.claim)",
    "in the middle of the file": (
        "batch_file.Line._make = staticmethod(die_after(20, batch_file.Line._make))"
    ),
    "before the file is on the disk": "durable.os.fsync = die",
    "before the file is in place": "durable.os.replace = die",
    "after the file is in place, before it is marked": (
        "durable.os.replace = die_after(1, durable.os.replace)"
    ),
}


@pytest.fixture
def population(transactional_db):
    ProcessorFactory()
    shared = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "counsellor": StaffMemberFactory(),
        "actual_end": date(2026, 6, 15),
    }
    ServiceOrderFactory.create_batch(ORDERS, **shared)
    BookkeepingRowFactory(email=ERASED)


def exported() -> list[str]:
    """The line references in all files of written batches."""
    references = []
    for batch in ExportBatch.objects.all():
        assert batch.state == BatchState.WRITTEN
        text = batch_file.path(batch.pk).read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
        assert len(rows) == batch.row_count
        references += [row[2].rsplit(" | ", 1)[1] for row in rows]
    return references


def assert_each_is_exported_exactly_once():
    assert Counter(exported()) == Counter(
        BookkeepingRow.objects.values_list("reference", flat=True)
    )
    assert BookkeepingRow.objects.count() == ORDERS + 1
    assert BookkeepingRow.objects.exclude(order=None).values("order").distinct().count() == ORDERS
    subjects = AccessLogSubject.objects.values_list("client", flat=True)
    assert len(set(subjects)) == len(subjects) == ORDERS


@pytest.mark.parametrize("arrange", KILLED_AT.values(), ids=KILLED_AT.keys())
def test_after_a_kill_the_next_export_completes_it(population, other_processes, arrange):
    assert other_processes.run(EXPORT.format(arrange=arrange)) == [-signal.SIGKILL]

    batch = exporting.export(today=TODAY, by=SYSTEM)

    assert_each_is_exported_exactly_once()
    assert ERASED in batch_file.path(batch.pk).read_text()
    assert not BookkeepingRow.objects.filter(email=ERASED).exists()
    assert not list(batch_file.path(batch.pk).parent.glob("*.tmp"))


def test_two_exports_at_once_export_each_service_once(population, other_processes, monkeypatch):
    assert other_processes.run(*[EXPORT.format(arrange="")] * 2) == [0, 0]
    monkeypatch.setattr(exporting, "SLICE_ROWS", 7)
    exporting.export(today=TODAY, by=SYSTEM)
    assert_each_is_exported_exactly_once()


def test_two_exports_at_once_of_which_one_is_killed(population, other_processes):
    killed = EXPORT.format(arrange=KILLED_AT["in the middle of the file"])
    statuses = other_processes.run(killed, EXPORT.format(arrange=""))
    assert statuses[1] == 0
    exporting.export(today=TODAY, by=SYSTEM)
    assert_each_is_exported_exactly_once()
