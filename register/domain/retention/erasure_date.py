"""When one client is erased, as things are or as they would be (C44, O5, O6).

The card tells it, and a person who is about to change an order is told it before. Nothing is
locked and nothing decided here. The run decides by `due`, whose rules these are; a test compares
the two, day by day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from register.domain.retention import due
from register.domain.retention.hastening import next_run
from register.models import Client, Hold, ServiceOrder
from register.models.retention import HoldGround


class EndedBy(StrEnum):
    """What says when an order ends (R01)."""

    CANCELLATION = "cancellation"
    END = "end"
    VALIDITY = "validity"
    MEETING = "meeting"


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderEnd:
    """What of an order decides when it is erased.

    Attributes:
        key: the order's key; None for one that is not saved yet.
        service: the service's name.
        ends_on: the day that drives retention (R01).
        ended_by: what says so.
        last_meeting: the last day on which the client came; None for never.
        unsettled: whether its bill may put the erasure off (O5).
    """

    key: UUID | None
    service: str
    ends_on: date
    ended_by: EndedBy = EndedBy.VALIDITY
    last_meeting: date | None = None
    unsettled: bool = False

    def ended(self, on: date) -> "OrderEnd":
        """Return it as it would be, were it marked as ended on the day."""
        return replace(self, ends_on=on, ended_by=EndedBy.END)

    def cancelled(self, on: date) -> "OrderEnd":
        """Return it as it would be, were it cancelled on the day."""
        return replace(self, ends_on=on, ended_by=EndedBy.CANCELLATION)

    def valid_until(self, day: date) -> "OrderEnd":
        """Return it as it would be, were it open and valid until the day."""
        if self.last_meeting and self.last_meeting > day:
            return replace(self, ends_on=self.last_meeting, ended_by=EndedBy.MEETING)
        return replace(self, ends_on=day, ended_by=EndedBy.VALIDITY)

    @property
    def due_on(self) -> date:
        """The first day on which it is due (R02)."""
        return due.due_on(self.ends_on)

    @property
    def last_day(self) -> date:
        """The day on which it is erased at the latest, unless a hold keeps the client (O5)."""
        return due.deferred_before(self.ends_on, today=self.due_on)

    def may_wait(self, day: date) -> bool:
        """Whether it is due on the day, and an unfinished bill of the client would keep it."""
        return self.due_on <= day < due.deferred_before(self.ends_on, today=day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Postponed:
    """A hold: on what ground, until when somebody reviews it, and since when it is released."""

    ground: HoldGround
    review_on: date
    released_on: date | None = None

    def holds(self, day: date) -> bool:
        return self.released_on is None or self.released_on > day


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientEnds:
    """What of a client decides when the client is erased."""

    created_on: date
    restricted_on: date | None = None
    orders: tuple[OrderEnd, ...] = ()
    holds: tuple[Postponed, ...] = ()

    def of(self, key: UUID) -> OrderEnd:
        """Return the end of the order with the key; KeyError when the client has none such."""
        return {each.key: each for each in self.orders}[key]

    def but(self, order: OrderEnd) -> "ClientEnds":
        """Return the same with the order in place of the one with its key, or beside the others."""
        orders = tuple(order if each.key == order.key else each for each in self.orders)
        return replace(self, orders=orders if order in orders else (*orders, order))

    @property
    def last(self) -> OrderEnd | None:
        """The order with which the client is erased (R03); None when there is none."""
        return max(self.orders, key=lambda each: (each.ends_on, each.service), default=None)

    @property
    def ends_on(self) -> date:
        """The end of the last order; without any, the day on which the client was added."""
        return self.last.ends_on if self.last else self.created_on

    @property
    def due_on(self) -> date:
        """The first day on which the client is due as a whole (R03)."""
        return due.due_on(self.ends_on)

    def postponed(self, day: date) -> Postponed | None:
        """Return the hold that keeps the client on the day and is reviewed first."""
        keeping = (each for each in self.holds if each.holds(day))
        return min(keeping, key=lambda each: each.review_on, default=None)

    def is_erased_on(self, day: date) -> bool:
        """Whether the run of the day erases the client as a whole."""
        return self.due_on <= day and not self.postponed(day) and not self.waits_for_bill(day)

    def is_order_erased_on(self, order: OrderEnd, day: date) -> bool:
        """Whether the run of the day erases the order, with its notes."""
        if order.due_on > day or self.postponed(day):
            return False
        return not (order.may_wait(day) and self.waits_for_bill(day))

    def erased_on(self, *, today: date) -> date | None:
        """Return the day whose run erases the client; None while a hold keeps the client.

        As the bills are today: once they are settled it is earlier.
        """
        days = self._days(self.due_on, today=today)
        return next((day for day in days if self.is_erased_on(day)), None)

    def order_erased_on(self, order: OrderEnd, *, today: date) -> date | None:
        """Return the day whose run erases the order; None while a hold keeps the client."""
        days = self._days(order.due_on, today=today)
        return next((day for day in days if self.is_order_erased_on(order, day)), None)

    def waits_for_bill(self, day: date) -> bool:
        """Whether a bill keeps the client on the day (O5)."""
        return any(order.unsettled and order.may_wait(day) for order in self.orders)

    def _days(self, due_on: date, *, today: date) -> Iterator[date]:
        """The first run that may erase, and each day from which a bill or a hold keeps nobody."""
        first = max(due_on, next_run(today))
        yield first
        bills = [due.deferred_before(each.ends_on, today=first) for each in self.orders]
        releases = [each.released_on for each in self.holds if each.released_on]
        yield from sorted(day for day in (*bills, *releases) if day > first)


def of_client(client: Client) -> ClientEnds:
    """Return what decides when the client is erased, as it is stored.

    Call it for a client whom the gate has let through: it asks nobody.
    """
    unsettled = ServiceOrder.objects.unsettled().filter(pk=OuterRef("pk"))
    orders = client.orders.with_end().annotate(unsettled=Exists(unsettled))
    return ClientEnds(
        created_on=client.created_on,
        restricted_on=client.restricted_on,
        orders=tuple(_end_of(order) for order in orders.select_related("service")),
        holds=tuple(
            Postponed(ground=HoldGround(ground), review_on=review_on, released_on=released_on)
            for ground, review_on, released_on in Hold.objects.filter(client=client).values_list(
                "ground", "review_on", "released_on"
            )
        ),
    )


def _end_of(order: ServiceOrder) -> OrderEnd:
    """Return the end of an order that was fetched `with_end`."""
    if order.is_cancelled:
        ended_by = EndedBy.CANCELLATION
    elif order.actual_end is not None:
        ended_by = EndedBy.END
    else:
        prolonged = order.ends_on != order.planned_end  # type: ignore[attr-defined]
        ended_by = EndedBy.MEETING if prolonged else EndedBy.VALIDITY
    return OrderEnd(
        key=order.pk,
        service=order.service.name,
        ends_on=order.ends_on,  # type: ignore[attr-defined]
        ended_by=ended_by,
        last_meeting=order.last_meeting,  # type: ignore[attr-defined]
        unsettled=order.unsettled,  # type: ignore[attr-defined]
    )
