"""The state of a client in a word: that of the service that leads the others (C16, R06)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from register.models import Client, Hold, ServiceOrder
from register.models import orders as order_models
from register.models.orders import OrderState


def open_first(orders: Sequence[ServiceOrder], *, today: date) -> list[ServiceOrder]:
    """Return the open orders, then those that are over; each the last to end first."""
    by_end = sorted(
        orders,
        key=lambda each: each.cancelled_on or each.actual_end or each.planned_end,
        reverse=True,
    )
    return sorted(by_end, key=lambda each: each.is_finished(today))


def state_of(client: Client, *, held: bool, today: date) -> OrderState | None:
    """Return the client's state: what keeps the data, or else how the leading service is.

    Args:
        client: with `visible_orders`, fetched `with_hold`.
        held: whether a hold keeps the client.

    None without a service.
    """
    if held or client.restricted_on is not None:
        return OrderState.POSTPONED
    orders = open_first(client.visible_orders, today=today)  # type: ignore[attr-defined]
    return order_models.state_of(orders[0], today) if orders else None


def in_state(clients: QuerySet[Client], state: OrderState, *, today: date) -> QuerySet[Client]:
    """Return those of the clients of whom `state_of` says so."""
    held = Exists(Hold.objects.active(today).filter(client=OuterRef("pk")))
    if state is OrderState.POSTPONED:
        return clients.filter(held | ~Client.is_unrestricted.condition)
    is_over = Case(
        When(ServiceOrder.is_finished.on(today), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    leading = (
        ServiceOrder.objects.filter(client=OuterRef("pk"))
        .annotate(is_over=is_over, end=Coalesce("cancelled_on", "actual_end", "planned_end"))
        .order_by("is_over", "-end", "pk")
        .values("pk")[:1]
    )
    found: QuerySet[Any] = clients.filter(~held, Client.is_unrestricted.condition)
    wanted = ServiceOrder.objects.in_state(state, today).values("pk")
    return found.annotate(leading=Subquery(leading)).filter(leading__in=wanted)
