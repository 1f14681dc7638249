"""C44, O4–O6: who is erased in January, decided by an oracle that knows no database."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from register.domain.retention import runs
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    BookkeepingRow,
    Client,
    RetentionRun,
)
from register.models.access_log import Action
from tests.factories import night_of, run_on
from tests.register.domain.retention.oracle import (
    CLIENTS,
    RUN_DAYS,
    AClient,
    AnOrder,
    World,
    oracle,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def counts(run: RetentionRun) -> tuple[int, ...]:
    return (
        run.clients_erased,
        run.orders_erased,
        run.clients_held,
        run.clients_deferred,
        run.clients_failed,
        run.steps_failed,
        run.vouchers_erased,
    )


@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],  # shrinking with a database takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clients=CLIENTS, today=RUN_DAYS, size=st.sampled_from([1, 2, 2000]))
@example(  # one order prolonged by a meeting, the other one unbilled
    clients=[
        AClient(orders=[AnOrder(date(2026, 6, 15), meetings=[date(2027, 1, 1)])]),
        AClient(orders=[AnOrder(date(2026, 6, 15), price=120), AnOrder(date(2027, 2, 1))]),
    ],
    today=date(2027, 1, 31),
    size=1,
)
def test_the_run_does_what_the_oracle_says_and_the_dry_run_says_so_before(
    world, monkeypatch, clients, today, size
):
    """C44, O4, O5, O6."""
    monkeypatch.setattr(runs, "BATCH", size)
    with transaction.atomic():
        world.fill(clients)
        expected = oracle(clients, today)

        dry = run_on(today, dry=True)
        assert world.erased() == (set(), set())
        assert world.restricted() == (set(), set())

        run = run_on(today)
        assert world.erased() == (expected.clients, expected.orders)
        assert world.restricted() == (expected.restricted_clients, expected.restricted_orders)
        assert BookkeepingRow.objects.filter(batch=None).count() == expected.unbilled
        assert world.vouchers() == expected.vouchers
        assert counts(dry) == counts(run)
        assert counts(run) == (
            len(expected.clients),
            len(expected.orders),
            len(expected.held),
            len(expected.deferred),
            0,
            0,
            0,  # each row here has an order, and goes with it if at all
        )
        # Twice is once: nothing more is erased, and those who are held are counted again.
        again = run_on(today)
        assert (again.clients_erased, again.orders_erased) == (0, 0)
        assert world.erased() == (expected.clients, expected.orders)
        transaction.set_rollback(True)


def test_a_service_that_ended_in_april_is_there_in_december_and_gone_in_january(world):
    """C44, the notice's own example."""
    world.fill([AClient(orders=[AnOrder(date(2018, 4, 30))])])
    run_on(date(2018, 12, 31))
    assert world.erased() == (set(), set())
    run_on(date(2019, 1, 1))
    assert world.erased() == ({0}, {(0, 0)})


def test_a_machine_that_was_off_in_january_catches_up(world):
    """O4."""
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))])])
    run_on(date(2027, 3, 8))
    assert world.erased() == ({0}, {(0, 0)})


def test_a_released_client_goes_with_the_first_run_after(world):
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))], holds=[date(2027, 5, 3)])])
    run_on(date(2027, 5, 2))
    assert world.restricted() == ({0}, {(0, 0)})
    run_on(date(2027, 5, 3))
    assert world.erased() == ({0}, {(0, 0)})


def test_a_restriction_is_logged_once_with_whom_it_is_about(world):
    """C38: the day on which a record is hidden from counsellors is a change like any other."""
    world.fill(
        [
            AClient(orders=[AnOrder(date(2026, 4, 30))], holds=[date(2028, 1, 1)]),
            AClient(orders=[AnOrder(date(2026, 4, 30)), AnOrder(date(2027, 4, 30))], holds=[None]),
        ]
    )
    for day in (1, 2):
        run_on(date(2027, 1, day))

    entries = AccessLogEntry.objects.filter(action=Action.RESTRICT)
    told = {
        entry.model: (
            entry.actor,
            entry.count,
            set(AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)),
        )
        for entry in entries
    }
    one, both = set(Client.objects.filter(restricted_on__isnull=False)), set(Client.objects.all())
    assert told == {
        "register.ServiceOrder": (None, 2, {client.pk for client in both}),
        "register.Client": (None, 1, {client.pk for client in one}),
    }
    assert len(entries) == len(told)


def test_most_nights_cost_a_constant_handful_of_queries(world, django_assert_max_num_queries):
    world.fill([AClient(date(2027, 1, 1), [AnOrder(date(2027, 6, 1))]) for _ in range(20)])
    day = date(2027, 5, 2)
    with django_assert_max_num_queries(47):
        runs.apply(today=day, now=night_of(day))


def test_it_stops_in_time_and_goes_on_where_it_was(world, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 2)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))]) for _ in range(5)])
    ticks = iter([0.0, 0.0, 2.0])
    monkeypatch.setattr(runs.time, "monotonic", lambda: next(ticks, 0.0))

    first = run_on(date(2027, 1, 1), until=1.0)
    assert (first.finished_at, first.clients_erased) == (None, 4)

    second = run_on(date(2027, 1, 1), until=1.0)
    assert second.pk == first.pk
    assert second.finished_at is not None
    assert second.clients_erased == 5


def test_one_bad_client_is_passed_over_and_the_others_go(world, monkeypatch, caplog):
    """The promise to the others stands, the run says so, and no value reaches the log."""
    monkeypatch.setattr(runs, "BATCH", 4)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))]) for _ in range(9)])
    bad = sorted(world.clients)[5]
    erase = runs.engine.erase

    def refuse(**kwargs):
        if bad in kwargs["clients"]:
            raise RuntimeError("Testi Henkilö")
        erase(**kwargs)

    monkeypatch.setattr(runs.engine, "erase", refuse)
    run = run_on(date(2027, 1, 1))

    assert run.finished_at is not None
    assert (run.clients_erased, run.clients_failed) == (8, 1)
    assert set(Client.objects.values_list("pk", flat=True)) == {bad}
    assert "RuntimeError" in caplog.text
    assert "Henkilö" not in caplog.text


def test_a_batch_that_kills_the_process_is_not_tried_for_ever(world, monkeypatch):
    """Attempts are counted before the work; a killed process raises nothing here."""
    monkeypatch.setattr(runs, "BATCH", 2)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))]) for _ in range(3)])
    deadly = sorted(world.clients)[0]
    erase = runs.engine.erase

    def die(**kwargs):
        if deadly in kwargs["clients"]:
            raise SystemExit
        erase(**kwargs)

    monkeypatch.setattr(runs.engine, "erase", die)
    run, deaths = None, 0
    while run is None:
        try:
            run = run_on(date(2027, 1, 1))
        except SystemExit:
            deaths += 1
    assert deaths == 2 * runs.ATTEMPTS
    assert (run.clients_erased, run.clients_failed) == (2, 1)


def test_a_failing_step_stops_no_other(world, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(runs.ledger, "confirm", fail)
    monkeypatch.setattr(runs.statistics, "publish", fail)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))])])
    run = run_on(date(2027, 1, 1))
    assert world.erased() == ({0}, {(0, 0)})
    assert run.steps_failed >= 2
    assert (run.finished_at, run.passes) == (None, 1)
