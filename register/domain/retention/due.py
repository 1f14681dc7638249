"""The one predicate "erase or hold": who is erased on a day, who is not and why (C44, O4–O6).

The run, its dry run and the preview of next January all decide here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.conf import register_settings
from register.db.bulk import Keys
from register.models import Client, ExportBatch, Hold, ServiceOrder
from register.models.billing import BatchState
from register.reference.clock import a_year_after

# On this day of January a bill keeps nobody any more (O5).
LAST_DAY = 31


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What happens to a batch of clients who have something due.

    Attributes:
        orders: orders to erase, each with its client.
        clients: clients to erase, with the last of their orders.
        held: clients with something due, whom a hold keeps.
        restricted_orders: orders of those clients past their erasure date.
        restricted_clients: held clients of whom everything is due.
        deferred: clients with something due, who wait for billing. An order of theirs that may
            wait no longer is among `orders` all the same.
    """

    orders: dict[UUID, UUID] = field(default_factory=dict)
    clients: list[UUID] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    restricted_orders: list[UUID] = field(default_factory=list)
    restricted_clients: list[UUID] = field(default_factory=list)
    deferred: list[UUID] = field(default_factory=list)


def new_year(today: date) -> date:
    """Return 1 January of the day's year: what ended before it is due (C44, R02)."""
    return date(today.year, 1, 1)


def due_on(ends_on: date) -> date:
    """Return the first day on which what ended on the day is due: the next 1 January (R02)."""
    return new_year(date(ends_on.year + 1, 1, 1))


def deferred_before(ends_on: date, *, today: date) -> date:
    """Return the day from which an unfinished bill keeps the order no longer (O5).

    31 January, or a year after the order's end where that comes first: "under one year" (C44)
    holds for a service that ended in January too.
    """
    return min(date(today.year, 1, LAST_DAY), a_year_after(ends_on))


def candidates(
    *, today: date, after: UUID | None, limit: int, without_orders: bool = False
) -> list[UUID]:
    """Return the next clients in key order who may have something due, held ones included.

    "May", since a note can prolong an order, which only `decide` looks at.

    Args:
        without_orders: return clients without any order instead, who are treated as ended on the
            day they were created. Finding them reads all clients: ask for them when those with
            orders are processed, not in each batch.
    """
    limits = new_year(today)
    rows: QuerySet[Any, Any]
    if without_orders:
        orders = ServiceOrder.objects.filter(client=OuterRef("pk"))
        rows, key = Client.objects.filter(~Exists(orders), created_on__lt=limits), "pk"
    else:
        rows, key = ServiceOrder.objects.perhaps_ended_before(limits).distinct(), "client_id"
    if after is not None:
        rows = rows.filter(**{f"{key}__gt": after})
    return list(rows.order_by(key).values_list(key, flat=True)[:limit])


def decide(keys: list[UUID], *, today: date) -> Decision:
    """Lock the clients and their orders, and decide for each of them. Call it in a transaction.

    Each order is due by its own end, the client with the last one (R03). The locks keep a note, an
    order or a hold from being added between decision and erasure.
    """
    locked = Client.objects.filter(pk__in=Keys(keys)).order_by("pk").select_for_update()
    created = dict(locked.values_list("pk", "created_on"))
    of_clients = ServiceOrder.objects.filter(client__in=Keys(created))
    list(of_clients.order_by("pk").select_for_update().values_list("restricted_on"))
    return _decided(created, today=today)


def foresee(keys: Iterable[UUID], *, today: date) -> Decision:
    """Return what `decide` would say on the day, as things are now.

    It locks nothing: a screen may tell it, and nothing may be erased by it.
    """
    clients = Client.objects.filter(pk__in=Keys(keys)).order_by("pk")
    return _decided(dict(clients.values_list("pk", "created_on")), today=today)


def _decided(created: dict[UUID, date], *, today: date) -> Decision:
    """Decide for the clients, given by key the day on which each was added."""
    limits = new_year(today)
    here = Keys(created)
    of_clients = ServiceOrder.objects.filter(client__in=here)
    due: dict[UUID, list[UUID]] = defaultdict(list)
    not_due: set[UUID] = set()
    may_wait: set[UUID] = set()
    for order, client, ends_on in of_clients.with_end().values_list("pk", "client", "ends_on"):  # type: ignore[misc]
        if ends_on >= limits:
            not_due.add(client)
            continue
        due[client].append(order)
        if today < deferred_before(ends_on, today=today):
            may_wait.add(order)
    held = set(Hold.objects.active(today).filter(client__in=here).values_list("client", flat=True))
    waiting = _waiting(may_wait)
    decision = Decision()
    for client, created_on in created.items():
        if client not in due and (client in not_due or created_on >= limits):
            continue
        everything = client not in not_due
        if client in held:
            decision.held.append(client)
            decision.restricted_orders.extend(due[client])
            decision.restricted_clients.extend([client] if everything else [])
        elif client in waiting:
            decision.deferred.append(client)
            erased = [order for order in due[client] if order not in may_wait]
            decision.orders.update(dict.fromkeys(erased, client))
        else:
            decision.orders.update(dict.fromkeys(due[client], client))
            decision.clients.extend([client] if everything else [])
    return decision


def count_left(*, today: date) -> int:
    """Return how many clients have something due that no hold keeps."""
    limits = new_year(today)
    ended = ServiceOrder.objects.ended_before(limits).filter(client=OuterRef("pk"))
    without = ~Exists(ServiceOrder.objects.filter(client=OuterRef("pk")))
    held = Exists(Hold.objects.active(today).filter(client=OuterRef("pk")))
    clients = Client.objects.filter(~held)
    return clients.filter(Exists(ended) | (without & Q(created_on__lt=limits))).count()


def _waiting(orders: set[UUID]) -> set[UUID]:
    """Return the clients of those orders that are unbilled, or in a batch not yet received."""
    if not orders:
        return set()
    unsettled = ServiceOrder.objects.filter(pk__in=Keys(orders)).unsettled()
    return set(unsettled.values_list("client", flat=True))


def stale_batches(*, today: date) -> QuerySet[ExportBatch]:
    """Return batches whose file must be removed: none outlives January (O5).

    On 31 January the clients of all batches are erased, whether billing has fetched the file or
    not: each file that was made until then is removed. A received file is removed at the turn of
    the year at the latest, with its clients, and else `EXPORT_FILE_DAYS` after its receipt. A
    batch that is still being made has no file.
    """
    january = today.year if today >= date(today.year, 1, LAST_DAY) else today.year - 1
    long_received = today - timedelta(days=register_settings.EXPORT_FILE_DAYS)
    return ExportBatch.objects.downloadable().filter(
        Q(made_on__lte=date(january, 1, LAST_DAY))
        | Q(state=BatchState.RECEIVED, made_on__lt=new_year(today))
        | Q(received_on__lte=long_received)
    )
