"""Who is erased when, in plain dataclasses and rules that know no database (C44, O4–O6)."""

from dataclasses import dataclass, field, replace
from datetime import date

from hypothesis import strategies as st

from register.models import (
    BookkeepingRow,
    Client,
    ExportBatch,
    Hold,
    Note,
    ServiceOrder,
)
from register.models.billing import BatchState
from register.models.orders import Manner, NoteBasis, NoteKind
from register.models.retention import HoldGround
from tests.factories import (
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    StaffMemberFactory,
)

NEVER = date(9999, 12, 31)


# The oracle: plain dataclasses, plain rules, written from docs/clauses.md and not from the code.
@dataclass
class AnOrder:
    planned_end: date
    actual_end: date | None = None
    meetings: list[date] = field(default_factory=list)
    # Days on which nobody came, which keep nothing.
    no_shows: list[date] = field(default_factory=list)
    cancelled_on: date | None = None
    price: int = 0
    batch: BatchState | None = None
    voucher_until: date = NEVER

    @property
    def end(self) -> date:
        if self.cancelled_on:
            return self.cancelled_on
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
    vouchers: set[tuple[int, int]] = field(default_factory=set)


def last_day_of_waiting(order: AnOrder, today: date) -> date:
    """O5: 31 January, or a year from the order's end, whichever comes first."""
    year_later = date(order.end.year + 1, order.end.month, order.end.day)
    return min(year_later, date(today.year, 1, 31))


def oracle(clients: list[AClient], today: date) -> Outcome:
    outcome = Outcome()
    for c, client in enumerate(clients):
        due = [o for o, order in enumerate(client.orders) if order.end.year < today.year]
        ended = client.created_on.year < today.year if not client.orders else False
        everything = len(due) == len(client.orders)
        if not due and not ended:
            continue
        waiting = {o for o in due if today < last_day_of_waiting(client.orders[o], today)}
        if any(released is None or released > today for released in client.holds):
            outcome.held.add(c)
            outcome.restricted_orders |= {(c, o) for o in due}
            outcome.restricted_clients |= {c} if everything else set()
            continue
        deferred = any(client.orders[o].unfinished_bill for o in waiting)
        erased = set(due) - waiting if deferred else set(due)
        outcome.deferred |= {c} if deferred else set()
        outcome.orders |= {(c, o) for o in erased}
        outcome.clients |= {c} if everything and not deferred else set()
        outcome.unbilled += sum(
            client.orders[o].price > 0 and client.orders[o].batch is None for o in erased
        )
    # A voucher stays as long as the books need it, and never goes before its order.
    every = ((c, o, order) for c, each in enumerate(clients) for o, order in enumerate(each.orders))
    for c, o, order in every:
        if order.batch and ((c, o) not in outcome.orders or order.voucher_until >= today):
            outcome.vouchers.add((c, o))
    return outcome


DAYS = st.sampled_from(
    [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 1, 20),
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
        date(2027, 1, 20),
        date(2027, 1, 30),
        date(2027, 1, 31),
        date(2027, 2, 1),
        date(2027, 2, 10),
        date(2027, 7, 1),
        date(2028, 1, 1),
    ]
)
ENDED_OR_NOT = st.builds(
    AnOrder,
    planned_end=DAYS,
    actual_end=st.none() | DAYS,
    meetings=st.lists(DAYS, max_size=2),
    no_shows=st.lists(DAYS, max_size=1),
    price=st.sampled_from([0, 120]),
    batch=st.none() | st.sampled_from(BatchState),
    voucher_until=st.just(NEVER) | DAYS,
)
# A cancelled order has no other end.
ORDERS = ENDED_OR_NOT | st.builds(
    lambda order, day: replace(order, actual_end=None, cancelled_on=day), ENDED_OR_NOT, DAYS
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
        self.orders, self.rows = {}, {}
        for key, c in self.clients.items():
            for released in clients[c].holds:
                self._hold(key, released)
            for o, plain in enumerate(clients[c].orders):
                order, row = self._order(key, plain)
                self.orders[order] = self.rows[row] = (c, o)

    def _hold(self, client, released: date | None) -> None:
        hold = Hold(client_id=client, ground=HoldGround.LEGAL_CLAIMS, set_on=date(2025, 1, 1))
        hold.review_on, hold.released_on, hold.reason = date(2026, 1, 1), released, "syy"
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
            cancelled_on=plain.cancelled_on,
            price=plain.price,
        )
        days = [(day, NoteKind.CALL) for day in plain.meetings]
        days += [(day, NoteKind.NO_SHOW) for day in plain.no_shows]
        for met_on, kind in days:
            Note.objects.create(
                order=order,
                kind=kind,
                met_on=met_on,
                basis=NoteBasis.TOLD_BY_CLIENT,
                text="x",
                author=self.counsellor,
            )
        row = None
        if plain.batch is not None:
            # Made late enough for no run here to remove its file and end the waiting.
            batch, _ = ExportBatch.objects.get_or_create(
                recipient=self.processor, state=plain.batch, made_on=date(2028, 1, 1)
            )
            row = BookkeepingRow.objects.create(
                batch=batch,
                order=order,
                name="Testi Henkilö",
                email="testi@example.org",
                service_name="x",
                month=date(2026, 1, 1),
                amount=plain.price,
                keep_until=plain.voucher_until,
            )
        return order.pk, row and row.pk

    def erased(self) -> tuple[set, set]:
        clients = set(Client.objects.values_list("pk", flat=True))
        orders = set(ServiceOrder.objects.values_list("pk", flat=True))
        return (
            {c for key, c in self.clients.items() if key not in clients},
            {o for key, o in self.orders.items() if key not in orders},
        )

    def vouchers(self) -> set:
        rows = BookkeepingRow.objects.filter(pk__in=[key for key in self.rows if key])
        return {self.rows[row.pk] for row in rows}

    def restricted(self) -> tuple[set, set]:
        clients = Client.objects.exclude(restricted_on=None).values_list("pk", flat=True)
        orders = ServiceOrder.objects.exclude(restricted_on=None).values_list("pk", flat=True)
        return {self.clients[key] for key in clients}, {self.orders[key] for key in orders}
