"""Writing the log of use: who did what, to which object, why (C38). It holds no personal value."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Model, QuerySet, Value
from wagtail.log_actions import log

from register.access.gate import purpose_of
from register.access.standing import Actor
from register.db.bulk import Keys, insert_keys, insert_select
from register.exceptions import UndeclaredPurpose
from register.inventory import inventory
from register.inventory.vocabulary import Purpose, Subject
from register.models import AccessLogEntry, AccessLogSubject
from register.models.access_log import Action

from .open_purposes import require_open

# Reading changes nothing, and stays out of an object's history.
READS = frozenset({Action.LIST, Action.SEARCH, Action.VIEW, Action.HISTORY, Action.EXPORT})
# Nor does coming and going change anything.
NOT_IN_HISTORY = READS | {Action.LOG_IN, Action.LOG_OUT, Action.LOG_FAILED}
# What Wagtail's histories call the actions that have a word there; the others have our own.
WAGTAIL_ACTIONS = {
    Action.CREATE: "wagtail.create",
    Action.CHANGE: "wagtail.edit",
    Action.DELETE: "wagtail.delete",
}


def record(
    *,
    by: Actor,
    action: Action,
    purpose: Purpose,
    model: type[Model],
    view: str,
    objects: Sequence[Model] = (),
    clients: Iterable[UUID] = (),
    recipient: int | None = None,
    count: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> AccessLogEntry:
    """Write one entry with one subject row per client. Call it inside the use's transaction.

    What was done to a single object, other than reading it, is noted in its history as well.

    Args:
        by: the actor; SYSTEM for a background task.
        purpose: why the data is used; there is no use without a purpose (C19).
        view: where the use happened, a fixed word of the code, never a value.
        objects: what was used. A single object is named by its key; several are named in the
            details, unless they are the clients themselves.
        clients: keys of the clients whose data was used; each is noted once.
        recipient: key of the processor to whom data was disclosed.
        count: rows used, when it is not the number of clients.
        details: names of fields, keys, roles: nothing that a person typed.

    UndeclaredPurpose, and hence no use, when the notice does not name the purpose for such data.
    """
    require_declared(purpose, model)
    keys = sorted(set(clients))
    told = dict(details or {})
    if len(objects) > 1 and inventory[model._meta.label].client_path != "pk":
        told["objects"] = [str(each.pk) for each in objects]
    entry = AccessLogEntry.objects.create(
        actor=by.pk,
        action=action,
        purpose=purpose,
        model=model._meta.label,
        object_key=str(objects[0].pk) if len(objects) == 1 else "",
        view=view,
        recipient=recipient,
        count=len(keys) if count is None else count,
        details=told,
    )
    AccessLogSubject.objects.bulk_create(
        (AccessLogSubject(entry=entry.pk, client=key) for key in keys), batch_size=1000
    )
    if len(objects) == 1 and action not in NOT_IN_HISTORY:
        _note_in_history(objects[0], by=by, action=action, data=told)
    return entry


def require_declared(purpose: Purpose, model: type[Model]) -> None:
    """UndeclaredPurpose when data about clients may not be used for it, as the notice says it.

    UntoldPurpose, which is one, when the notice says so and clients were not told of it yet.
    """
    label = model._meta.label
    if not inventory.declares(label) or inventory[label].subject is not Subject.CLIENT:
        return
    if purpose not in inventory.purposes(inventory[label]):
        raise UndeclaredPurpose(f"{label} is not used for {purpose.value}.")
    require_open(purpose, model)


def record_change(
    instance: Model,
    *,
    by: Actor,
    today: date,
    action: Action,
    view: str,
    fields: Sequence[str] = (),
    details: Mapping[str, Any] | None = None,
    purpose: Purpose | None = None,
) -> AccessLogEntry:
    """Note a change of one object, with its version. Call it inside the change's transaction.

    Args:
        instance: the object as it is now.
        fields: names of the fields that were changed; never their values.
        details: what else is worth keeping, such as roles before and after.
        purpose: why, where it is not what the actor's role uses such data for.
    """
    told: dict[str, Any] = {"fields": sorted(fields)} if fields else {}
    if version := getattr(instance, "version", None):
        told["version"] = version
    told |= details or {}
    return record(
        by=by,
        action=action,
        purpose=purpose or purpose_of(by, type(instance), today=today),
        model=type(instance),
        view=view,
        objects=[instance],
        clients=clients_of([instance]),
        count=1,
        details=told,
    )


def name_subjects(entry: AccessLogEntry, *, rows: QuerySet[Any], client: str) -> int:
    """Note the clients whom the rows are about, in one statement, however many they are.

    Args:
        client: lookup from a row to its client's key.

    Returns how many were noted, each once. Call it in the transaction that made the entry.
    """
    keys = rows.order_by().values_list(Value(entry.pk, output_field=BigIntegerField()), F(client))
    return insert_select(AccessLogSubject, ("entry", "client"), keys.distinct())


def name_clients(entry: AccessLogEntry, clients: Iterable[UUID | str]) -> int:
    """Note the clients, in one statement that looks none of them up; return how many.

    Args:
        clients: their keys, each once; texts as `KeyText` reads them will do.
    """
    return insert_keys(AccessLogSubject, "client", Keys(clients), entry=entry.pk)


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


def wagtail_action(action: Action) -> str:
    """Return the name under which Wagtail's histories know the action."""
    return WAGTAIL_ACTIONS.get(action, f"register.{action.value}")


def _note_in_history(
    instance: Model, *, by: Actor, action: Action, data: Mapping[str, Any]
) -> None:
    """Note in Wagtail's own history what was done; the label is `str(instance)`, a number."""
    log(
        instance=instance,
        action=wagtail_action(action),
        user=by if by.pk is not None else None,
        data=dict(data),
        content_changed=True,
        deleted=action is Action.DELETE,
    )
