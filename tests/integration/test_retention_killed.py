"""A run that is killed (kill -9), and two at once: the end state is the same as after one."""

import json
import signal
from datetime import date

import pytest

from register.domain.erasure import ledger
from register.models import (
    AccessLogSubject,
    BookkeepingRow,
    Client,
    ErasureRecord,
    Note,
    ServiceOrder,
    StatisticTally,
)
from register.models.billing import BatchState
from tests.factories import (
    BookkeepingRowFactory,
    ExportBatchFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    list_of_last_evening,
    run_on,
)

NEW_YEAR = date(2027, 1, 1)
DUE, NOT_DUE = 12, 3

RUN = """
from datetime import date
from register.domain import statistics
from register.domain.erasure import engine, ledger
from register.domain.retention import runs, steps
runs.BATCH = 3
{arrange}
from tests.factories import night_of
runs.apply(today=date(2027, 1, 1), now=night_of(date(2027, 1, 1)))
"""
KILLED_AT = {
    "before the first batch": "runs._process_batch = die",
    "inside a batch, before anything is deleted": "engine._delete = die",
    "between two deletes": "engine._delete = die_after(5, engine._delete)",
    "after the statistics": "statistics.tally = die_after(2, statistics.tally)",
    "at the end of a batch": "engine.erase = die_after(2, engine.erase)",
    "before the ledger": "ledger.announce = die",
    "after the ledger, before the rows": "ledger.announce = die_after(1, ledger.announce)",
    "after the commit, before it is confirmed": "ledger.confirm = die",
    "after it is confirmed, before it is marked": "ledger.confirm = die_after(1, ledger.confirm)",
    "after the clients": "steps.erase_feedback = die",
}


@pytest.fixture
def population(transactional_db):
    shared = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "counsellor": StaffMemberFactory(),
    }
    batch = ExportBatchFactory(state=BatchState.RECEIVED, made_on=date(2026, 12, 1))
    for _ in range(DUE):
        order = ServiceOrderFactory(planned_end=date(2026, 6, 15), **shared)
        NoteFactory(order=order, met_on=date(2026, 3, 1))
        BookkeepingRowFactory(order=order, batch=batch)
    for _ in range(NOT_DUE):
        NoteFactory(order=ServiceOrderFactory(planned_end=date(2027, 6, 15), **shared))
    list_of_last_evening(NEW_YEAR)


def assert_the_end_is_as_after_one_run():
    assert Client.objects.count() == ServiceOrder.objects.count() == NOT_DUE
    assert Note.objects.count() == NOT_DUE
    rows = BookkeepingRow.objects.filter(order=None, email="")
    assert rows.count() == BookkeepingRow.objects.count() == DUE
    assert StatisticTally.objects.get().count == DUE
    assert ErasureRecord.objects.filter(erasure__in_ledger=True).count() == 2 * DUE
    recorded = {str(key) for key in ErasureRecord.objects.values_list("pk", flat=True)}
    lines = [json.loads(line) for line in ledger.path().read_text().splitlines()]
    done = {line["done"] for line in lines if "done" in line}
    assert {line["erased"] for line in lines if line.get("act") in done} == recorded
    subjects = list(AccessLogSubject.objects.values_list("client", flat=True))
    assert len(subjects) == len(set(subjects)) == DUE


@pytest.mark.parametrize("arrange", KILLED_AT.values(), ids=KILLED_AT.keys())
def test_after_a_kill_the_next_run_completes_it(population, other_processes, arrange):
    assert other_processes.run(RUN.format(arrange=arrange)) == [-signal.SIGKILL]

    run = run_on(NEW_YEAR)

    assert run.finished_at is not None
    assert (run.clients_erased, run.clients_failed) == (DUE, 0)
    assert_the_end_is_as_after_one_run()


def test_two_runs_at_once_erase_each_client_once(population, other_processes):
    assert other_processes.run(*[RUN.format(arrange="")] * 2) == [0, 0]
    assert_the_end_is_as_after_one_run()


def test_two_runs_at_once_without_the_lock_of_the_machine(population, other_processes):
    """As on two machines with one database: the transactions alone keep them apart."""
    unlocked = "import contextlib; runs._machine_lock = lambda until: contextlib.nullcontext(True)"
    assert other_processes.run(*[RUN.format(arrange=unlocked)] * 2) == [0, 0]
    run_on(NEW_YEAR)
    assert_the_end_is_as_after_one_run()
