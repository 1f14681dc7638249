"""C44, O4–O6: who goes in January, decided by an oracle that knows no database."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from register.domain import retention
from register.enums import BatchState, HoldGround, Manner, NoteBasis
from register.models import (
    BookkeepingRow,
    Client,
    ExportBatch,
    Hold,
    Note,
    RetentionRun,
    ServiceOrder,
)
from tests.factories import (
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db

NEVER = date(9999, 12, 31)


# The oracle: plain dataclasses, plain rules, written from DOMAIN.md and not from the code.
@dataclass
class AnOrder:
    planned_end: date
    actual_end: date | None = None
    meetings: list[date] = field(default_factory=list)
    price: int = 0
    batch: BatchState | None = None

    @property
    def end(self) -> date:
        return self.actual_end or max([self.planned_end, *self.meetings])

    @property
    def unfinished_bill(self) -> bool:
        if self.batch is None:
            return self.price > 0
        return self.batch in (BatchState.OPEN, BatchState.WRITTEN)


@dataclass
class AClient:
    created_on: date = date(2025, 1, 1)
    orders: list[AnOrder] = field(default_factory=list)
    holds: list[date | None] = field(default_factory=list)


@dataclass
class Outcome:
    clients: set[int] = field(default_factory=set)
    orders: set[tuple[int, int]] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    deferred: set[int] = field(default_factory=set)
    restricted_clients: set[int] = field(default_factory=set)
    restricted_orders: set[tuple[int, int]] = field(default_factory=set)
    unbilled: int = 0


def oracle(clients: list[AClient], today: date) -> Outcome:
    outcome = Outcome()
    for c, client in enumerate(clients):
        due = [o for o, order in enumerate(client.orders) if order.end.year < today.year]
        ended = client.created_on.year < today.year if not client.orders else False
        everything = len(due) == len(client.orders)
        if not due and not ended:
            continue
        in_january = today.month == 1 and today.day < 31
        if any(released is None or released > today for released in client.holds):
            outcome.held.add(c)
            outcome.restricted_orders |= {(c, o) for o in due}
            outcome.restricted_clients |= {c} if everything else set()
        elif in_january and any(client.orders[o].unfinished_bill for o in due):
            outcome.deferred.add(c)
        else:
            outcome.orders |= {(c, o) for o in due}
            outcome.clients |= {c} if everything else set()
            outcome.unbilled += sum(
                client.orders[o].price > 0 and client.orders[o].batch is None for o in due
            )
    return outcome


DAYS = st.sampled_from(
    [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 6, 15),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 31),
        date(2027, 2, 1),
    ]
)
RUN_DAYS = st.sampled_from(
    [
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 30),
        date(2027, 1, 31),
        date(2027, 2, 1),
        date(2027, 7, 1),
        date(2028, 1, 1),
    ]
)
ORDERS = st.builds(
    AnOrder,
    planned_end=DAYS,
    actual_end=st.none() | DAYS,
    meetings=st.lists(DAYS, max_size=2),
    price=st.sampled_from([0, 120]),
    batch=st.none() | st.sampled_from(BatchState),
)
CLIENTS = st.lists(
    st.builds(
        AClient,
        created_on=DAYS,
        orders=st.lists(ORDERS, max_size=3),
        holds=st.lists(st.none() | DAYS, max_size=1),
    ),
    min_size=1,
    max_size=5,
)


class World:
    """The oracle's clients as rows, and the way back from rows to their positions."""

    def __init__(self) -> None:
        self.service = ServiceFactory()
        self.office = OfficeFactory()
        self.counsellor = StaffMemberFactory()
        self.processor = ProcessorFactory()

    def fill(self, clients: list[AClient]) -> None:
        self.clients = {
            Client.objects.create(
                name="Testi Henkilö", email="testi@example.org", created_on=plain.created_on
            ).pk: c
            for c, plain in enumerate(clients)
        }
        self.orders = {}
        for key, c in self.clients.items():
            for released in clients[c].holds:
                self._hold(key, released)
            for o, plain in enumerate(clients[c].orders):
                self.orders[self._order(key, plain)] = (c, o)

    def _hold(self, client, released: date | None) -> None:
        hold = Hold(client_id=client, ground=HoldGround.MANUAL, set_on=date(2025, 1, 1))
        hold.review_on, hold.released_on, hold.reason = date(2027, 1, 1), released, "syy"
        hold.save()

    def _order(self, client, plain: AnOrder):
        order = ServiceOrder.objects.create(
            client_id=client,
            service=self.service,
            office=self.office,
            counsellor=self.counsellor,
            manner=Manner.REMOTE,
            starts_on=date(2018, 1, 1),
            planned_end=plain.planned_end,
            actual_end=plain.actual_end,
            price=plain.price,
        )
        for met_on in plain.meetings:
            Note.objects.create(
                order=order,
                met_on=met_on,
                basis=NoteBasis.TOLD_BY_CLIENT,
                text="x",
                author=self.counsellor,
            )
        if plain.batch is not None:
            # Made late enough for no run here to remove its file and end the waiting.
            batch, _ = ExportBatch.objects.get_or_create(
                recipient=self.processor, state=plain.batch, made_on=date(2028, 1, 1)
            )
            BookkeepingRow.objects.create(
                batch=batch,
                order=order,
                name="Testi Henkilö",
                email="testi@example.org",
                service_name="x",
                month=date(2026, 1, 1),
                amount=plain.price,
                keep_until=NEVER,
            )
        return order.pk

    def gone(self) -> tuple[set, set]:
        clients = set(Client.objects.values_list("pk", flat=True))
        orders = set(ServiceOrder.objects.values_list("pk", flat=True))
        return (
            {c for key, c in self.clients.items() if key not in clients},
            {o for key, o in self.orders.items() if key not in orders},
        )

    def restricted(self) -> tuple[set, set]:
        clients = Client.objects.exclude(restricted_on=None).values_list("pk", flat=True)
        orders = ServiceOrder.objects.exclude(restricted_on=None).values_list("pk", flat=True)
        return {self.clients[key] for key in clients}, {self.orders[key] for key in orders}


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
    monkeypatch.setattr(retention, "BATCH", size)
    with transaction.atomic():
        world.fill(clients)
        expected = oracle(clients, today)

        dry = retention.apply(today=today, dry=True)
        assert world.gone() == (set(), set())
        assert world.restricted() == (set(), set())

        run = retention.apply(today=today)
        assert world.gone() == (expected.clients, expected.orders)
        assert world.restricted() == (expected.restricted_clients, expected.restricted_orders)
        assert BookkeepingRow.objects.filter(batch=None).count() == expected.unbilled
        assert counts(dry) == counts(run)
        assert counts(run) == (
            len(expected.clients),
            len(expected.orders),
            len(expected.held),
            len(expected.deferred),
            0,
            0,
        )
        # Twice is once: nothing more goes, and those who stay are counted again.
        again = retention.apply(today=today)
        assert (again.clients_erased, again.orders_erased) == (0, 0)
        assert world.gone() == (expected.clients, expected.orders)
        transaction.set_rollback(True)


def test_a_service_that_ended_in_april_is_there_in_december_and_gone_in_january(world):
    """C44, the notice's own example."""
    world.fill([AClient(orders=[AnOrder(date(2018, 4, 30))])])
    retention.apply(today=date(2018, 12, 31))
    assert world.gone() == (set(), set())
    retention.apply(today=date(2019, 1, 1))
    assert world.gone() == ({0}, {(0, 0)})


def test_a_machine_that_was_off_in_january_catches_up(world):
    """O4."""
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))])])
    retention.apply(today=date(2027, 3, 8))
    assert world.gone() == ({0}, {(0, 0)})


def test_a_released_client_goes_with_the_first_run_after(world):
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))], holds=[date(2027, 5, 3)])])
    retention.apply(today=date(2027, 5, 2))
    assert world.restricted() == ({0}, {(0, 0)})
    retention.apply(today=date(2027, 5, 3))
    assert world.gone() == ({0}, {(0, 0)})


def test_most_nights_cost_a_constant_handful_of_queries(world, django_assert_max_num_queries):
    world.fill([AClient(date(2027, 1, 1), [AnOrder(date(2027, 6, 1))]) for _ in range(20)])
    with django_assert_max_num_queries(40):
        retention.apply(today=date(2027, 5, 2))


def test_it_stops_in_time_and_goes_on_where_it_was(world, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))]) for _ in range(5)])
    ticks = iter([0.0, 0.0, 0.0, 2.0])
    monkeypatch.setattr(retention.time, "monotonic", lambda: next(ticks, 0.0))

    first = retention.apply(today=date(2027, 1, 1), until=1.0)
    assert (first.finished_at, first.clients_erased) == (None, 4)

    second = retention.apply(today=date(2027, 1, 1), until=1.0)
    assert second.pk == first.pk
    assert second.finished_at is not None
    assert second.clients_erased == 5


def test_one_bad_client_is_passed_over_and_the_others_go(world, monkeypatch, caplog):
    """The promise to the others stands, the run says so, and no value reaches the log."""
    monkeypatch.setattr(retention, "BATCH", 4)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))]) for _ in range(9)])
    bad = sorted(world.clients)[5]
    erase = retention.erasure.erase

    def refuse(**kwargs):
        if bad in kwargs["clients"]:
            raise RuntimeError("Testi Henkilö")
        erase(**kwargs)

    monkeypatch.setattr(retention.erasure, "erase", refuse)
    run = retention.apply(today=date(2027, 1, 1))

    assert run.finished_at is not None
    assert (run.clients_erased, run.clients_failed) == (8, 1)
    assert set(Client.objects.values_list("pk", flat=True)) == {bad}
    assert "RuntimeError" in caplog.text
    assert "Henkilö" not in caplog.text


def test_a_batch_that_kills_the_process_is_not_tried_for_ever(world, monkeypatch):
    """Attempts are counted before the work; a killed process raises nothing here."""
    monkeypatch.setattr(retention, "BATCH", 2)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))]) for _ in range(3)])
    deadly = sorted(world.clients)[0]
    erase = retention.erasure.erase

    def die(**kwargs):
        if deadly in kwargs["clients"]:
            raise SystemExit
        erase(**kwargs)

    monkeypatch.setattr(retention.erasure, "erase", die)
    run, deaths = None, 0
    while run is None:
        try:
            run = retention.apply(today=date(2027, 1, 1))
        except SystemExit:
            deaths += 1
    assert deaths == 2 * retention.ATTEMPTS
    assert (run.clients_erased, run.clients_failed) == (2, 1)


def test_a_failing_step_stops_no_other(world, monkeypatch):
    def fail(**kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(retention.ledger, "append", fail)
    monkeypatch.setattr(retention.statistics, "publish", fail)
    world.fill([AClient(orders=[AnOrder(date(2026, 4, 30))])])
    run = retention.apply(today=date(2027, 1, 1))
    assert world.gone() == ({0}, {(0, 0)})
    assert run.steps_failed >= 2
    assert run.finished_at is not None
