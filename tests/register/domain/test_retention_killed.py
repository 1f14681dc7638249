"""A run that is killed (kill -9), and two at once: the end state is the same as after one."""

import json
import signal
from datetime import date

import pytest

from register.domain import ledger, retention
from register.enums import BatchState
from register.models import (
    AccessLogSubject,
    BookkeepingRow,
    Client,
    ErasureRecord,
    Note,
    ServiceOrder,
    StatisticTally,
)
from tests.factories import (
    BookkeepingRowFactory,
    ExportBatchFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
)
from tests.register.exporters.processes import OtherProcesses

NEW_YEAR = date(2027, 1, 1)
GOING, STAYING = 12, 3

RUN = """
from datetime import date
from register.domain import erasure, ledger, retention, statistics
retention.BATCH = 3
{arrange}
retention.apply(today=date(2027, 1, 1))
"""
KILLED_AT = {
    "before the first batch": "retention._batch = die",
    "inside a batch, before anything is deleted": "erasure._delete = die",
    "between two deletes": "erasure._delete = die_after(5, erasure._delete)",
    "after the statistics": "statistics.tally = die_after(2, statistics.tally)",
    "at the end of a batch": "erasure.erase = die_after(2, erasure.erase)",
    "after the commit, before the ledger": "ledger.append = die",
    "after the ledger, before it is marked": "ledger.append = die_after(1, ledger.append)",
    "after the clients": "retention._feedback = die",
}


@pytest.fixture
def other_processes(transactional_db, tmp_path, settings):
    folder = tmp_path / "private"
    settings.REGISTER = settings.REGISTER | {"PRIVATE_DIR": folder}
    return OtherProcesses(tmp_path, folder)


@pytest.fixture
def population(transactional_db):
    shared = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "counsellor": StaffMemberFactory(),
    }
    batch = ExportBatchFactory(state=BatchState.RECEIVED, made_on=date(2026, 12, 1))
    for _ in range(GOING):
        order = ServiceOrderFactory(planned_end=date(2026, 6, 15), **shared)
        NoteFactory(order=order, met_on=date(2026, 3, 1))
        BookkeepingRowFactory(order=order, batch=batch)
    for _ in range(STAYING):
        NoteFactory(order=ServiceOrderFactory(planned_end=date(2027, 6, 15), **shared))


def assert_the_end_is_as_after_one_run():
    assert Client.objects.count() == ServiceOrder.objects.count() == STAYING
    assert Note.objects.count() == STAYING
    rows = BookkeepingRow.objects.filter(order=None, email="")
    assert rows.count() == BookkeepingRow.objects.count() == GOING
    assert StatisticTally.objects.get().count == GOING
    assert ErasureRecord.objects.filter(erasure__in_ledger=True).count() == 2 * GOING
    recorded = {str(key) for key in ErasureRecord.objects.values_list("pk", flat=True)}
    lines = ledger.path().read_text().splitlines()
    assert {json.loads(line)["erased"] for line in lines} == recorded
    subjects = list(AccessLogSubject.objects.values_list("client", flat=True))
    assert len(subjects) == len(set(subjects)) == GOING


@pytest.mark.parametrize("arrange", KILLED_AT.values(), ids=KILLED_AT.keys())
def test_after_a_kill_the_next_run_completes_it(population, other_processes, arrange):
    assert other_processes.run(RUN.format(arrange=arrange)) == [-signal.SIGKILL]

    run = retention.apply(today=NEW_YEAR)

    assert run.finished_at is not None
    assert (run.clients_erased, run.clients_failed) == (GOING, 0)
    assert_the_end_is_as_after_one_run()


def test_two_runs_at_once_erase_each_client_once(population, other_processes):
    assert other_processes.run(*[RUN.format(arrange="")] * 2) == [0, 0]
    assert_the_end_is_as_after_one_run()


def test_two_runs_at_once_without_the_lock_of_the_machine(population, other_processes):
    """As on two machines with one database: the transactions alone keep them apart."""
    alone = "import contextlib; retention._alone = lambda until: contextlib.nullcontext(True)"
    assert other_processes.run(*[RUN.format(arrange=alone)] * 2) == [0, 0]
    retention.apply(today=NEW_YEAR)
    assert_the_end_is_as_after_one_run()
