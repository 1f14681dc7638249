"""The one predicate "erase or hold": who goes on a day, who stays and why (C44, O4–O6).

The run, its dry run and the preview of next January all decide here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.enums import BatchState
from register.models import Client, ExportBatch, Hold, ServiceOrder
from register.models.set_based import Keys

# Billing has until this day of January; then the client goes, billed or not (O5).
LAST_DEFERRAL = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What happens to a batch of clients who have something due.

    Attributes:
        orders: orders that go.
        clients: clients who go with their last order.
        held: clients with something due whom a hold keeps.
        restricted_orders: orders past their erasure date that a hold keeps.
        restricted_clients: held clients of whom everything is due.
        deferred: clients who wait for billing.
    """

    orders: list[UUID] = field(default_factory=list)
    clients: list[UUID] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    restricted_orders: list[UUID] = field(default_factory=list)
    restricted_clients: list[UUID] = field(default_factory=list)
    deferred: list[UUID] = field(default_factory=list)


def new_year(today: date) -> date:
    """Return 1 January of the day's year: what ended before it is due (C44)."""
    return date(today.year, 1, 1)


def may_defer(today: date) -> bool:
    """Whether an unfinished bill still keeps a client: inside January only (O5)."""
    return today.month == 1 and today.day <= LAST_DEFERRAL


def candidates(
    *, today: date, after: UUID | None, limit: int, without_orders: bool = False
) -> list[UUID]:
    """Return the next clients in key order who may have something due, held ones included.

    A note can prolong an order: `decide` looks closer.

    Args:
        without_orders: look at clients without any order instead, who are treated as ended on
            the day they were created. They are few, and finding them reads all clients: once a
            run, not once a batch.
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

    Locked, so that no note, order or hold comes in between the decision and the erasure.
    """
    limits = new_year(today)
    locked = Client.objects.filter(pk__in=Keys(keys)).order_by("pk").select_for_update()
    created = dict(locked.values_list("pk", "created_on"))
    here = Keys(created)
    of_clients = ServiceOrder.objects.filter(client__in=here)
    list(of_clients.order_by("pk").select_for_update().values_list("restricted_on"))
    due: dict[UUID, list[UUID]] = defaultdict(list)
    staying: set[UUID] = set()
    for order, client, ends_on in of_clients.with_end().values_list("pk", "client", "ends_on"):  # type: ignore[misc]
        if ends_on < limits:
            due[client].append(order)
        else:
            staying.add(client)
    held = set(Hold.objects.active(today).filter(client__in=here).values_list("client", flat=True))
    waiting = _waiting(due, today=today)
    decision = Decision()
    for client, created_on in created.items():
        if client not in due and (client in staying or created_on >= limits):
            continue
        everything = client not in staying
        if client in held:
            decision.held.append(client)
            decision.restricted_orders.extend(due[client])
            decision.restricted_clients.extend([client] if everything else [])
        elif client in waiting:
            decision.deferred.append(client)
        else:
            decision.orders.extend(due[client])
            decision.clients.extend([client] if everything else [])
    return decision


def _waiting(due: dict[UUID, list[UUID]], *, today: date) -> set[UUID]:
    """Return clients with a due order that is unbilled, or in a batch not yet received."""
    if not may_defer(today):
        return set()
    orders = ServiceOrder.objects.filter(pk__in=Keys(key for keys in due.values() for key in keys))
    return set(orders.unsettled().values_list("client", flat=True))


def stale_batches(*, today: date) -> QuerySet[ExportBatch]:
    """Return batches whose file must go: none outlives January (O5).

    A received one goes at the turn of the year, with its clients; any other on 31 January, since
    by then its clients are gone whether billing has fetched it or not. A batch that is still
    being made has no file.
    """
    last = date(today.year, 1, 31)
    if today < last:
        last = date(today.year - 1, 1, 31)
    received = Q(state=BatchState.RECEIVED, made_on__lt=max(last, new_year(today)))
    return ExportBatch.objects.filter(received | Q(state=BatchState.WRITTEN, made_on__lt=last))
