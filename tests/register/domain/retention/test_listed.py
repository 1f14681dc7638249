"""R14: what the runs of January erase, with lists, against rules that know no database."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from register.access.standing import SYSTEM
from register.domain.retention import confirming, due, forecast, listed, runs
from register.models import Client, ErasureList, ListedUnit, ServiceOrder
from register.reference.clock import local
from tests.factories import ClientFactory, ServiceOrderFactory, list_of_last_evening, night_of
from tests.register.domain.retention.oracle import CLIENTS, AClient, AnOrder, World, oracle

pytestmark = pytest.mark.django_db

JUNE = date(2026, 6, 15)
LONGER = date(2027, 6, 15)
DAY = timedelta(hours=24)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+02:00")


NEW_YEAR_S_EVE = at("2026-12-31T20:05")
LAST_EVENING = at("2027-01-31T20:00")
MOMENTS = st.lists(
    st.sampled_from(
        [
            at(f"2027-{text}")
            for text in (
                "01-01T00:05",
                "01-01T13:00",
                "01-02T00:05",
                "01-02T13:00",
                "01-20T00:05",
                "01-30T00:05",
                "01-30T21:00",
                "01-31T00:05",
                "01-31T19:00",
                "01-31T20:05",
                "02-01T00:05",
                "02-10T00:05",
                "02-11T00:05",
            )
        ]
    ),
    min_size=1,
    max_size=5,
    unique=True,
).map(sorted)


@dataclass
class Oracle:
    """The lists as plain rules, written from decision 14 and not from the code."""

    clients: list[AClient]
    has_forecast: bool = False
    # What stands on a list: from when on, and why.
    units: dict[tuple, tuple[datetime, str]] = field(default_factory=dict)
    erased: set[tuple] = field(default_factory=set)

    def still_here(self) -> list[AClient]:
        """The clients, without what is erased; an erased one has nothing due any more."""
        here = []
        for c, client in enumerate(self.clients):
            orders = [order for o, order in enumerate(client.orders) if (c, o) not in self.erased]
            here.append(
                AClient(date(9999, 1, 1))
                if (c,) in self.erased
                else AClient(client.created_on, orders, client.holds)
            )
        return here

    def due(self, today: date) -> set[tuple]:
        """What the rules without lists would erase on the day, by the positions of all."""
        outcome = oracle(self.still_here(), today)
        left = {
            c: [o for o in range(len(client.orders)) if (c, o) not in self.erased]
            for c, client in enumerate(self.clients)
        }
        return {(c,) for c in outcome.clients} | {(c, left[c][o]) for c, o in outcome.orders}

    def freeze(self, holds_from: datetime) -> None:
        self.has_forecast = True
        for unit in self.due(date(2027, 1, 31)):
            self.units.setdefault(unit, (holds_from, "forecast"))

    def later(self, now: datetime) -> datetime:
        if now >= at("2027-02-01T00:00"):
            return now + DAY
        soon = min(now + DAY, LAST_EVENING)
        return max(at("2027-01-31T00:00"), soon) if self.has_forecast else soon

    def run(self, now: datetime) -> None:
        today = local(now).date()
        if today.month == 1 and not self.has_forecast:
            self.freeze(self.later(now))
        found, later = self.due(today), self.later(now)
        in_force = {unit for unit, (moment, _why) in self.units.items() if moment <= now}
        waits = {
            unit for unit in found if unit not in in_force and (unit in self.units or later > now)
        }
        waits |= {unit for unit in found if len(unit) == 2 and unit[:1] in waits}
        waits |= {unit[:1] for unit in waits} & found
        self.erased |= found - waits
        for unit in waits:
            self.units.setdefault(unit, (later, "beyond" if today.month == 1 else "evening"))
        for unit in in_force:
            if today >= date(2027, 1, 31) or self.units[unit][1] != "forecast":
                del self.units[unit]
        self.units = {unit: why for unit, why in self.units.items() if unit not in self.erased}

    def confirm(self, now: datetime) -> None:
        for unit, (moment, why) in self.units.items():
            if why == "beyond" and moment > now:
                self.units[unit] = (now, why)


def erased_of(*worlds: World) -> set[tuple]:
    """What is not there any more, by position in the worlds one after the other."""
    found, first = set(), 0
    for world in worlds:
        clients, orders = world.erased()
        found |= {(first + c,) for c in clients} | {(first + c, o) for c, o in orders}
        first += len(world.clients)
    return found


@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    early=CLIENTS,
    late=CLIENTS | st.just([]),
    prolonged=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=4),
    was_on=st.booleans(),
    moments=MOMENTS,
    confirmed_after=st.integers(0, 6),
    size=st.sampled_from([1, 2, 2000]),
)
@example(  # one foreseen and prolonged, one beyond, confirmed after the first run
    early=[AClient(orders=[AnOrder(JUNE), AnOrder(JUNE)]), AClient(orders=[AnOrder(JUNE)])],
    late=[AClient(orders=[AnOrder(JUNE)])],
    prolonged={(0, 1)},
    was_on=True,
    moments=[at("2027-01-01T00:05"), at("2027-01-02T00:05")],
    confirmed_after=0,
    size=1,
)
def test_the_runs_erase_what_the_oracle_says(
    monkeypatch, early, late, prolonged, was_on, moments, confirmed_after, size
):
    monkeypatch.setattr(runs, "BATCH", size)
    monkeypatch.setattr(forecast, "BATCH", size)
    with transaction.atomic():
        first, second = World(), World()
        second.processor = first.processor
        first.fill(early)
        told = Oracle(early)
        if was_on:
            forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
            told.freeze(at("2027-01-01T00:00"))
        for key, (c, o) in first.orders.items():
            if (c, o) in prolonged:
                rows = QuerySet(ServiceOrder).filter(pk=key)
                rows.update(planned_end=LONGER, actual_end=None)
        for c, o in prolonged & set(first.orders.values()):
            order = early[c].orders[o]
            early[c].orders[o] = replace(order, planned_end=LONGER, actual_end=None)
        second.fill(late)
        told.clients = [*early, *late]
        for number, now in enumerate(moments):
            run = runs.apply(today=local(now).date(), now=now)
            told.run(now)
            assert run.finished_at is not None
            assert erased_of(first, second) == told.erased
            assert ListedUnit.objects.filter(kind__in=["client", "order"]).count() == len(
                told.units
            )
            if number == confirmed_after:
                for each in ErasureList.objects.unconfirmed(now):
                    confirming.confirm(
                        erasure_list=each, seen=None, by=SYSTEM, today=run.today, now=now
                    )
                told.confirm(now)
        transaction.set_rollback(True)


def test_after_the_last_evening_of_january_nothing_is_left():
    """C44, whatever was on no list: only who is held or prolonged stays."""
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    for day in (5, 15, 30, 31):
        ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=JUNE, price=120)
        runs.apply(today=date(2027, 1, day), now=night_of(date(2027, 1, day)))
    runs.apply(today=LAST_EVENING.date(), now=LAST_EVENING)
    assert not Client.objects.exists()
    assert due.count_left(today=LAST_EVENING.date()) == 0


def test_a_client_is_not_erased_before_the_last_order():
    order = ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=JUNE, price=0)
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    late = ServiceOrderFactory(
        client=order.client, starts_on=date(2026, 1, 2), planned_end=JUNE, price=0
    )
    run = runs.apply(today=date(2027, 1, 1), now=night_of(date(2027, 1, 1)))
    assert (run.orders_erased, run.clients_erased, run.clients_waiting) == (1, 0, 1)
    assert list(ServiceOrder.objects.all()) == [late]


def test_who_was_not_due_as_a_whole_waits_with_all_orders():
    """The last order tells when the client is due: alone, a client added this year would stay."""
    client = ClientFactory(created_on=date(2027, 1, 1))
    ServiceOrderFactory(client=client, starts_on=date(2026, 1, 2), planned_end=JUNE, price=0)
    other = ServiceOrderFactory(client=client, planned_end=LONGER, price=0)
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    QuerySet(ServiceOrder).filter(pk=other.pk).delete()
    run = runs.apply(today=date(2027, 1, 1), now=night_of(date(2027, 1, 1)))
    assert (run.orders_erased, run.orders_waiting, run.clients_waiting) == (0, 1, 1)
    runs.apply(today=date(2027, 1, 31), now=night_of(date(2027, 1, 31)))
    assert not Client.objects.exists()


def test_the_queries_of_a_run_do_not_grow_with_what_waits(django_assert_max_num_queries):
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    for _ in range(30):
        ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=JUNE, price=0)
    with django_assert_max_num_queries(80):
        run = runs.apply(today=date(2027, 1, 1), now=night_of(date(2027, 1, 1)))
    assert run.clients_waiting == 30


@pytest.mark.parametrize("today", [date(2027, 1, 30), date(2027, 1, 31), date(2027, 3, 1)])
def test_keys_stand_on_a_list_no_longer_than_it_is_of_use(today):
    order = ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=JUNE, price=0)
    list_of_last_evening(today)
    QuerySet(ServiceOrder).update(planned_end=LONGER)
    runs.apply(today=today, now=night_of(today))
    is_kept = today == date(2027, 1, 30)
    assert ListedUnit.objects.filter(key=order.pk).exists() is is_kept


def test_a_run_that_failed_with_somebody_keeps_the_list(monkeypatch):
    """Else who failed tonight would wait for another list tomorrow."""
    ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=JUNE, price=0)
    list_of_last_evening(date(2027, 3, 1))
    erase = runs.engine.erase

    def refuse(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(runs.engine, "erase", refuse)
    assert runs.apply(today=date(2027, 3, 1), now=night_of(date(2027, 3, 1))).clients_failed == 1
    monkeypatch.setattr(runs.engine, "erase", erase)
    assert runs.apply(today=date(2027, 3, 2), now=night_of(date(2027, 3, 2))).clients_erased == 1


@pytest.mark.parametrize(
    ("now", "has_forecast", "expected"),
    [
        ("2026-12-31T23:59", False, "2027-01-01T00:00"),
        ("2027-01-01T00:05", False, "2027-01-02T00:05"),
        ("2027-01-01T00:05", True, "2027-01-31T00:00"),
        ("2027-01-30T12:00", False, "2027-01-31T12:00"),
        ("2027-01-30T12:00", True, "2027-01-31T12:00"),
        ("2027-01-30T22:00", False, "2027-01-31T20:00"),
        ("2027-01-31T00:05", True, "2027-01-31T20:00"),
        ("2027-01-31T22:00", True, "2027-01-31T20:00"),
        ("2027-02-01T00:00", True, "2027-02-02T00:00"),
        ("2027-12-31T23:00", False, "2028-01-01T23:00"),
    ],
)
def test_when_something_is_erased_that_is_put_on_a_list(now, has_forecast, expected):
    erased = listed.erases_at(now=at(now), year=2027, has_forecast=has_forecast)
    assert erased == at(expected)
