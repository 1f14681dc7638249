"""The log of use, and the gate through which personal data is read (C29, C38).

Reading is fail-closed: the rows are fetched and the entry is written in one short transaction
that ends before anything is rendered. No entry, no data.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, F, Model, QuerySet, Value
from wagtail.log_actions import log

from register.enums import Action, Purpose, Subject
from register.inventory import inventory
from register.models import AccessLogEntry, AccessLogSubject
from register.models.set_based import insert_select
from register.permissions import User, purpose_of, purposes_of, visible

M = TypeVar("M", bound=Model)


def record(
    *,
    by: User | None,
    action: Action,
    purpose: Purpose,
    model: type[Model],
    view: str,
    clients: Iterable[UUID] = (),
    recipient: int | None = None,
    count: int | None = None,
) -> AccessLogEntry:
    """Write one entry with one subject row per client. Call it inside the use's transaction.

    Args:
        by: the actor; None for a background task.
        view: where the use happened, a fixed word of the code, never a value.
        clients: keys of the clients whose data was used; each is noted once.
        recipient: key of the processor to whom data was disclosed.
        count: rows used, when it is not the number of clients.
    """
    keys = sorted(set(clients))
    entry = AccessLogEntry.objects.create(
        actor=by.pk if by is not None else None,
        action=action,
        purpose=purpose,
        model=model._meta.label,
        view=view,
        recipient=recipient,
        count=len(keys) if count is None else count,
    )
    AccessLogSubject.objects.bulk_create(
        (AccessLogSubject(entry=entry.pk, client=key) for key in keys), batch_size=1000
    )
    return entry


def changed(*, by: User, action: Action, instance: Model, view: str) -> None:
    """Note a change in the log of use and in the object's history, in the change's transaction.

    The history's label is `str(instance)`, an opaque number.
    """
    record(
        by=by,
        action=action,
        purpose=purpose_of(by, type(instance)),
        model=type(instance),
        view=view,
        clients=clients_of([instance]),
        count=1,
    )
    log(
        instance=instance,
        action="wagtail.create" if action is Action.CREATE else "wagtail.edit",
        user=by,
        content_changed=True,
    )


def name_subjects(entry: AccessLogEntry, *, rows: QuerySet[Any], client: str) -> int:
    """Note the clients whom the rows are about, in one statement, however many they are.

    Args:
        client: lookup from a row to its client's key.

    Returns how many were noted, each once. Call it in the transaction that made the entry.
    """
    keys = rows.order_by().values_list(Value(entry.pk, output_field=BigIntegerField()), F(client))
    return insert_select(AccessLogSubject, ("entry", "client"), keys.distinct())


def read(
    model: type[M],
    *,
    to: User,
    view: str,
    action: Action = Action.VIEW,
    narrow: Callable[[QuerySet[M]], QuerySet[M]] = lambda rows: rows,
) -> list[M]:
    """Return rows that the user may see, having logged that they were seen.

    Args:
        narrow: takes the visible rows and returns fewer of them (filter, order, slice, prefetch).

    Nothing found is nothing read: then no entry is written.
    """
    with transaction.atomic():
        rows = list(narrow(visible(model, to=to)))
        if rows and inventory[model._meta.label].subject is not Subject.NOBODY:
            clients = clients_of(rows)
            for purpose, used in purposes_of(to, model, clients).items():
                record(
                    by=to,
                    action=action,
                    purpose=purpose,
                    model=model,
                    view=view,
                    clients=used,
                    count=len(rows) if len(used) == len(clients) else len(used),
                )
    return rows


def clients_of(rows: Sequence[Model]) -> list[UUID]:
    """Return the keys of the clients whom the rows are about, as the inventory says."""
    if not rows:
        return []
    path = inventory[rows[0]._meta.label].client_path
    if not path:
        return []
    return [key for key in (_follow(row, path) for row in rows) if key is not None]


def _follow(row: Any, path: str) -> UUID | None:
    """Follow a lookup such as `order__client` to the client's key, without fetching the client."""
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step, None)
    return getattr(row, last if last == "pk" else f"{last}_id", None)
