"""Ordered services: adding and changing (C14–C17)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from register.access.gate import may_change
from register.access.standing import User, effective_access, looking_anew
from register.domain.access_log.changing import add, changing, locked
from register.domain.orders.validity import require_reason, settle_reason
from register.exceptions import NotAllowed
from register.models import Client, ServiceOrder, StaffMember


def order_service(
    *,
    client: Client,
    values: Mapping[str, Any],
    by: User,
    today: date,
    counsellor: StaffMember | None = None,
) -> ServiceOrder:
    """Add an ordered service to a client of one's own, with oneself as its counsellor.

    Args:
        values: values of the order's fields by name.
        counsellor: another one, for whom the client is added.

    Raises NotAllowed when the client is not one's own, Erased, ValidationError.
    """
    with transaction.atomic(), looking_anew():
        client = locked(client)
        if not may_change(by, client, today=today):
            raise NotAllowed
        counsellor = counsellor or effective_access(by, today=today).staff_member
        order = ServiceOrder(client=client, counsellor=counsellor, created_on=today, **values)
        if order.planned_end:
            require_reason(order, today=today)
        return add(order, by=by, today=today, view="order_add")


def change_order(
    *,
    order: ServiceOrder,
    changes: Mapping[str, Any],
    seen: int | None,
    by: User,
    today: date,
) -> ServiceOrder:
    """Change an order. What ends or prolongs it has verbs of its own (`orders.ending`).

    Args:
        changes: new values by field name.
        seen: the row's version that the person saw.

    Raises NotAllowed when the client is not one's own, Stale, Erased, ValidationError.
    """
    with changing(order, by=by, today=today, seen=seen, view="order_edit") as change:
        change.set(**changes)
        settle_reason(change, today=today)
    return change.row
