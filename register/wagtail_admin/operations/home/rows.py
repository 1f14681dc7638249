"""A client in a list of the first screen: name, number, state, service, and where to go."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from register.domain.clients.finding import Found
from register.models import Note
from register.models.orders import state_of
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.orders.states import tag_of


def client_rows(found: Iterable[Found], *, today: date) -> list[dict[str, Any]]:
    """Return the rows; a note is written of an open service only."""
    return [
        {
            "client": each.client,
            "order": each.order,
            "state": tag_of(state_of(each.order, today)) if each.order else None,
            "card": address(each.client, "inspect"),
            "note": note_address(each.order.pk) if each.order and each.is_open else "",
        }
        for each in found
    ]


def note_address(order: Any) -> str:
    """Return where a note of the order is written."""
    return f"{address(Note, 'create')}?order={order}"
