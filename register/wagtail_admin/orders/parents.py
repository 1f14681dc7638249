"""What a new order or note is added to, and where saving leads: the client."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from register.access.gate import may_change
from register.access.standing import User
from register.domain.access_log import reading
from register.exceptions import NotAllowed
from register.models import Client, ServiceOrder
from register.wagtail_admin.base.screens import address


def parent(model: type[Any], *, key: str, by: User, today: date) -> Any:
    """Return the object that a new one is added to, read and logged; NotAllowed if not own."""
    try:
        found = reading.read(
            model, to=by, today=today, view="parent", narrow=lambda rows: rows.filter(pk=key)
        )
    except (ValidationError, ValueError):
        found = []
    if not found or not may_change(by, found[0], today=today):
        raise NotAllowed
    return found[0]


def client_card(order: ServiceOrder) -> str:
    return address(Client, "inspect", order.client_id)


def to_the_client(order: ServiceOrder) -> list[dict[str, Any]]:
    """Return the breadcrumbs of what belongs to a client: one's clients, and the client."""
    clients = capfirst(Client._meta.verbose_name_plural)
    return [
        {"url": address(Client, "index"), "label": clients},
        {"url": client_card(order), "label": order.client.name},
    ]


def name_and_number(order: ServiceOrder) -> str:
    """Return what an order's or a note's own screen calls the client."""
    return f"{order.client.name} ({order.client})"
