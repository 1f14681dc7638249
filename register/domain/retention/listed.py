"""What may be erased: what stands on a list that is in force, and nothing else (R14).

Nobody is erased by surprise: what is due was put on a list first, which people can look at, by
the forecast of 31 December, by an earlier run, or by the act of a person who had read so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, UUIDField, Value

from register.db.bulk import Keys, insert_select
from register.domain.erasure import engine
from register.domain.retention import due
from register.models import (
    BookkeepingRow,
    Client,
    ErasureList,
    Feedback,
    ListedUnit,
    RetentionRun,
    ServiceOrder,
)
from register.models.retention import ListedKind, ListKind
from register.reference.clock import moment

M = TypeVar("M", bound=Model)

# By model: what its rows are on a list, and where the list counts them.
KINDS: dict[type[Model], tuple[ListedKind, str]] = {
    Client: (ListedKind.CLIENT, "clients"),
    ServiceOrder: (ListedKind.ORDER, "orders"),
    Feedback: (ListedKind.FEEDBACK, "feedback"),
    BookkeepingRow: (ListedKind.VOUCHER, "vouchers"),
}
A_DAY = timedelta(hours=24)
# On 31 January nothing waits for longer than this: the notice promises January (C44).
LAST_EVENING = time(20)


def last_evening(year: int) -> datetime:
    """Return the moment of the year from which what is due waits for no list."""
    return moment(date(year, 1, due.LAST_DAY), LAST_EVENING)


def erases_at(*, now: datetime, year: int, has_forecast: bool) -> datetime:
    """Return when something is erased that is put on a list of the year now.

    The forecast holds from 1 January. Without one it is 24 hours later, and so at other times of
    the year. What is beyond the forecast waits for a person until 31 January. None of it waits
    for longer than the evening of that day.
    """
    if now < moment(date(year, 1, 1)):
        return moment(date(year, 1, 1))
    if now >= moment(date(year, 2, 1)):
        return now + A_DAY
    soonest = min(now + A_DAY, last_evening(year))
    return max(moment(date(year, 1, due.LAST_DAY)), soonest) if has_forecast else soonest


def has_forecast(year: int) -> bool:
    """Whether the forecast for January of the year is complete."""
    return forecasts(year).exclude(frozen_at=None).exists()


def forecasts(year: int) -> QuerySet[ErasureList]:
    return ErasureList.objects.filter(kind=ListKind.FORECAST, year=year)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """The lists of a year as a run goes by them.

    Attributes:
        in_force: keys of the lists that are in force.
        erases_at: when something is erased that this run finds on no list.
        unlisted_too: whether that is so by the moment of the run already: in the look ahead of a
            dry run, and on the last evening of January.
    """

    year: int
    in_force: tuple[UUID, ...]
    erases_at: datetime
    unlisted_too: bool

    def erasable(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Return those of the rows that may be erased."""
        if self.unlisted_too:
            return rows.filter(~Exists(self._waiting()))
        return rows.filter(Exists(_units().filter(erasure_list__in=self.in_force)))

    def not_erasable(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Return the others."""
        if self.unlisted_too:
            return rows.filter(Exists(self._waiting()))
        return rows.filter(~Exists(_units().filter(erasure_list__in=self.in_force)))

    def waiting_among(self, keys: set[UUID]) -> set[UUID]:
        """Return those of the keys whose rows may not be erased: one question for all kinds."""
        units = ListedUnit.objects.filter(key__in=Keys(keys))
        if self.unlisted_too:
            waiting = units.filter(erasure_list__year=self.year)
            waiting = waiting.exclude(erasure_list__in=self.in_force)
            return set(waiting.values_list("key", flat=True))
        may = units.filter(erasure_list__in=self.in_force)
        return keys.difference(may.values_list("key", flat=True))

    def _waiting(self) -> QuerySet[ListedUnit]:
        units = _units().filter(erasure_list__year=self.year)
        return units.exclude(erasure_list__in=self.in_force)


def lists_for(*, today: date, now: datetime, at: datetime) -> Lists:
    """Return the lists that a run on the day goes by.

    Args:
        now: when the run is done, and puts on a list what is on none.
        at: the moment that the run is about: `now`, or a later one, to which a dry run looks ahead.
    """
    year = today.year
    later = erases_at(now=now, year=year, has_forecast=has_forecast(year))
    in_force = ErasureList.objects.in_force(at).filter(year=year)
    return Lists(
        year=year,
        in_force=tuple(in_force.values_list("pk", flat=True)),
        erases_at=later,
        unlisted_too=later <= at,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due and not erased yet, by keys."""

    orders: set[UUID] = field(default_factory=set)
    clients: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.orders or self.clients)


def set_aside(decision: due.Decision, *, lists: Lists) -> Waiting:
    """Take out of the decision what may not be erased yet, and return it.

    A client is erased with the last order, so that who is due as a whole waits for the order that
    waits; and who is not listed as a whole waits with all orders: the last of them tells when the
    client is due.
    """
    keys = lists.waiting_among({*decision.orders, *decision.clients})
    if not keys:
        return Waiting()
    waiting = Waiting(orders=keys & decision.orders.keys(), clients=keys & {*decision.clients})
    for order, client in decision.orders.items():
        if client in waiting.clients:
            waiting.orders.add(order)
    theirs = {decision.orders[order] for order in waiting.orders}
    waiting.clients.update(theirs & set(decision.clients))
    for order in waiting.orders:
        del decision.orders[order]
    if waiting:
        decision.clients[:] = [key for key in decision.clients if key not in waiting.clients]
    return waiting


def put(rows: QuerySet[Any], *, on: ErasureList) -> None:
    """Put those of the rows on the list that are on none of its year, in one statement."""
    kind, counter = KINDS[rows.model]
    rows = unlisted(rows, year=on.year)
    added = insert_select(
        ListedUnit,
        ("key", "kind", "erasure_list"),
        rows.values_list(
            "pk",
            Value(kind.value, output_field=CharField()),
            Value(on.pk, output_field=UUIDField()),
        ),
        # On a list of another year, which holds no more.
        on_conflict="(key) DO UPDATE SET erasure_list_id = excluded.erasure_list_id",
    )
    if added:
        ErasureList.objects.filter(pk=on.pk).update(**{counter: F(counter) + added})


def unlisted(rows: QuerySet[M], *, year: int) -> QuerySet[M]:
    """Return those of the rows that are on no list of the year."""
    return rows.filter(~Exists(_units().filter(erasure_list__year=year)))


def put_keys(*, orders: Iterable[UUID], clients: Iterable[UUID], on: ErasureList) -> None:
    """Put orders and clients on the list by their keys."""
    for model, keys in ((ServiceOrder, orders), (Client, clients)):
        put(model._base_manager.filter(pk__in=Keys(keys)), on=on)


def list_of(run: RetentionRun, *, lists: Lists, now: datetime) -> ErasureList:
    """Return the list of what the run finds on none, until it is frozen."""
    in_january = run.today.month == 1
    found, _created = ErasureList.objects.get_or_create(
        run=run.pk,
        frozen_at=None,
        defaults={
            "kind": ListKind.BEYOND if in_january else ListKind.EVENING,
            "year": lists.year,
            "due_on": run.today,
            "begun_on": run.today,
            "erases_at": lists.erases_at,
        },
    )
    return found


def freeze_lists_of_runs(*, now: datetime, but: RetentionRun | None = None) -> None:
    """Freeze the lists that runs have made, also those of runs that did not come to their end."""
    made = ErasureList.objects.filter(frozen_at=None).exclude(run=None)
    (made.exclude(run=but.pk) if but else made).update(frozen_at=now)


def enter_act(*, orders: Iterable[UUID], clients: Iterable[UUID], day: date, today: date) -> None:
    """Let the run of the day erase what a person made due, having read so.

    Call it in the transaction of the act.
    """
    acts = {"kind": ListKind.ACT, "year": day.year, "begun_on": today}
    found = ErasureList.objects.filter(**acts).first() or ErasureList.objects.create(
        **acts, due_on=day, erases_at=moment(today), frozen_at=moment(today)
    )
    orders, clients = list(orders), list(clients)
    # What waits on another list waits no longer.
    engine.take_off_lists([*orders, *clients])
    put_keys(orders=orders, clients=clients, on=found)


def drop_used_up(*, today: date, lists: Lists) -> None:
    """Forget the keys of lists that a finished run has gone by, and of other years.

    The forecast is kept through January, for those on it who wait for billing.
    """
    used = Q(pk__in=lists.in_force)
    if today < date(today.year, 1, due.LAST_DAY):
        used &= ~Q(kind=ListKind.FORECAST)
    engine.empty_lists(ErasureList.objects.filter(used | Q(year__lt=today.year)))


def _units() -> QuerySet[ListedUnit]:
    return ListedUnit.objects.filter(key=OuterRef("pk"))
