"""An export that is killed (kill -9), and two at once: each billed service leaves exactly once."""

import csv
import io
import signal
from collections import Counter
from datetime import date

import pytest

from register.domain import billing
from register.enums import BatchState
from register.exporters import billing as exporter
from register.models import AccessLogSubject, BookkeepingRow, ExportBatch
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
GONE = "poistunut@example.org"

EXPORT = """
from datetime import date
from register.domain import bookkeeping, disclosure
from register.exporters import billing, private_files
billing.SLICE_ROWS = 7
{arrange}
billing.export(today=date(2026, 12, 31))
"""
KILLED_AT = {
    "after the batch is opened": "disclosure.open_batch = die_after(1, disclosure.open_batch)",
    "inside a claim": "bookkeeping.enter = die_at(3, bookkeeping.enter)",
    "between two claims": "disclosure.claim = die_after(3, disclosure.claim)",
    "in the middle of the file": (
        "billing.Line._make = staticmethod(die_after(20, billing.Line._make))"
    ),
    "before the file is on the disk": "private_files.os.fsync = die",
    "before the file is in place": "private_files.os.replace = die",
    "after the file is in place, before it is marked": (
        "private_files.os.replace = die_after(1, private_files.os.replace)"
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
    BookkeepingRowFactory(email=GONE)


def exported() -> list[str]:
    """The line references in all files of written batches."""
    references = []
    for batch in ExportBatch.objects.all():
        assert batch.state == BatchState.WRITTEN
        text = billing.file_of(batch).read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
        assert len(rows) == batch.row_count
        references += [row[2].rsplit(" | ", 1)[1] for row in rows]
    return references


def assert_each_left_exactly_once():
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

    batch = exporter.export(today=TODAY)

    assert_each_left_exactly_once()
    assert GONE in billing.file_of(batch).read_text()
    assert not BookkeepingRow.objects.filter(email=GONE).exists()
    assert not list(billing.file_of(batch).parent.glob("*.tmp"))


def test_two_exports_at_once_export_each_service_once(population, other_processes, monkeypatch):
    assert other_processes.run(*[EXPORT.format(arrange="")] * 2) == [0, 0]
    monkeypatch.setattr(exporter, "SLICE_ROWS", 7)
    exporter.export(today=TODAY)
    assert_each_left_exactly_once()


def test_two_exports_at_once_of_which_one_is_killed(population, other_processes):
    killed = EXPORT.format(arrange=KILLED_AT["in the middle of the file"])
    statuses = other_processes.run(killed, EXPORT.format(arrange=""))
    assert statuses[1] == 0
    exporter.export(today=TODAY)
    assert_each_left_exactly_once()
