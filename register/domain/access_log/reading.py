"""The gate through which personal data is read, logged or not shown at all (C29, C38).

Reading is fail-closed: the rows are fetched and the entry is written in one short transaction
that ends before anything is rendered. No entry, no data.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from register.access.gate import purposes_of, visible
from register.access.standing import User
from register.inventory import inventory
from register.inventory.vocabulary import Subject
from register.models.access_log import Action

from .recording import clients_of, record
from .unreadable import note_unreadable

M = TypeVar("M", bound=Model)


def read(
    model: type[M],
    *,
    to: User,
    today: date,
    view: str,
    action: Action = Action.VIEW,
    narrow: Callable[[QuerySet[M]], QuerySet[M]] = lambda rows: rows,
    asked: Mapping[str, Any] | None = None,
    about: Sequence[UUID] = (),
) -> list[M]:
    """Return rows that the user may see, having logged that they were seen.

    Args:
        to: the person who sees them.
        view: where they are shown, a fixed word of the code.
        narrow: takes the visible rows and returns fewer of them (filter, order, slice, prefetch).

        asked: what was searched by, never what for: then an entry is written also where nothing
            was found.
        about: clients whom it concerns beside those of the rows.

    Otherwise nothing found is nothing read: then no entry is written. A text among the rows that
    can't be read gets an entry of its own.
    """
    with transaction.atomic():
        rows = list(narrow(visible(model, to=to, today=today)))
        is_personal = inventory[model._meta.label].subject is not Subject.NOBODY
        if (rows or asked) and is_personal:
            used = purposes_of(to, model, clients_of(rows), today=today)
            for purpose, clients in used.items():
                objects = rows if len(used) == 1 else rows_about(clients, rows)
                record(
                    by=to,
                    action=action,
                    purpose=purpose,
                    model=model,
                    view=view,
                    objects=objects,
                    clients=[*clients, *about],
                    count=len(objects),
                    details=asked,
                )
        note_unreadable(rows, by=to, view=view)
    return rows


def rows_about(clients: Sequence[UUID], rows: Sequence[M]) -> list[M]:
    """Return the rows that are about one of the clients."""
    return [row for row in rows if not set(clients).isdisjoint(clients_of([row]))]
