"""The catalogue: the services that can be ordered, and the offices (C14, O9)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from register.access.standing import User
from register.domain.access_log.changing import add as add_row
from register.domain.access_log.changing import changing
from register.domain.access_log.changing import remove as remove_row
from register.models import Office, Service

Item = TypeVar("Item", Service, Office)


def add(item: Item, *, by: User, today: date) -> Item:
    """Add a service or an office. NotAllowed unless a main user asks; ValidationError."""
    return add_row(item, by=by, today=today, view="catalogue")


def change(
    item: Item, *, changes: Mapping[str, Any], seen: int | None, by: User, today: date
) -> Item:
    """Change an item. Raises NotAllowed, Stale, Erased or ValidationError."""
    with changing(item, by=by, today=today, seen=seen, view="catalogue") as change:
        change.set(**changes)
    return change.row


def remove(item: Service | Office, *, seen: int | None, by: User, today: date) -> None:
    """Delete an item. NotAllowed, Stale, Erased, or ProtectedError when it is in use."""
    remove_row(item, by=by, today=today, seen=seen, view="catalogue")
