"""The gate (C29–C34): who may see, add, change or delete what, on a day. It writes nothing.

A conjunction: a role that needs it, and an object that is the person's own, and a signed
confidentiality agreement, and valid training, and a login that is not removed. What is not
granted is refused: an unknown model, an unknown user, a superuser without a role.
"""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from register.inventory.vocabulary import Purpose
from register.models.staff import Role

from .rules import RULES, Rows, own_clients
from .standing import Actor, EffectiveAccess, System, User, effective_access

M = TypeVar("M", bound=Model)


def visible(model: type[M], *, to: Actor, today: date) -> QuerySet[M]:
    """Return the rows of `model` that the actor may see on the day; none when in doubt.

    Every list, search, chooser, export, history and count starts from here.
    """
    rule = RULES.get(model)
    return _rows(model, rule.see if rule else None, to, today)


def changeable(model: type[M], *, by: Actor, today: date) -> QuerySet[M]:
    """Return the rows of `model` that the actor may change on the day; none when in doubt."""
    rule = RULES.get(model)
    return _rows(model, rule.change if rule else None, by, today)


def deletable(model: type[M], *, by: Actor, today: date) -> QuerySet[M]:
    """Return the rows of `model` that the person may delete by hand: reference data, and spam."""
    rule = RULES.get(model)
    if rule is None or isinstance(by, System):
        return model._default_manager.none()
    may_delete_any = effective_access(by, today=today).has(*rule.delete)
    return visible(model, to=by, today=today) if may_delete_any else model._default_manager.none()


def may_list(user: Actor, model: type[Model], *, today: date) -> bool:
    """Whether the actor has a list of the model at all, empty or not."""
    return not visible(model, to=user, today=today).query.is_empty()


def may_see(user: Actor, obj: Model, *, today: date) -> bool:
    return visible(type(obj), to=user, today=today).filter(pk=obj.pk).exists()


def may_create(user: Actor, model: type[Model], *, today: date) -> bool:
    """Whether the actor has a role that adds such rows. Whose row it is, the verb asks."""
    if isinstance(user, System):
        return True
    rule, who = RULES.get(model), effective_access(user, today=today)
    return rule is not None and _open(model, who) and who.has(*rule.create)


def may_change(user: Actor, obj: Model, *, today: date) -> bool:
    """Whether the actor may change the object.

    A counsellor changes own clients only, and of their notes only the own ones; the data
    protection contact reads in an open matter and changes nothing.
    """
    return changeable(type(obj), by=user, today=today).filter(pk=obj.pk).exists()


def may_delete(user: Actor, obj: Model, *, today: date) -> bool:
    """Whether the actor may delete the object by hand: reference data, and spam."""
    return deletable(type(obj), by=user, today=today).filter(pk=obj.pk).exists()


def purpose_of(user: Actor, model: type[Model], *, today: date) -> Purpose:
    """Return the purpose for which the actor uses this kind of data (C33, C38)."""
    rule = RULES.get(model)
    purpose = rule.purpose if rule is not None else None
    if isinstance(purpose, Purpose):
        return purpose
    if isinstance(user, System):
        return Purpose.RIGHTS
    who = effective_access(user, today=today)
    for role, purpose_of_role in (purpose or {}).items():
        if who.has(role):
            return purpose_of_role
    return Purpose.GUIDANCE if who.has(Role.COUNSELLOR) else Purpose.RIGHTS


def purposes_of(
    user: User, model: type[Model], clients: list[UUID], *, today: date
) -> dict[Purpose, list[UUID]]:
    """Return the clients by the purpose for which this person uses their data (C33, C38).

    Who is both counsellor and data protection contact uses own clients' data for guidance and
    the data of all others, whom only a hold opens, for data protection.
    """
    purpose = purpose_of(user, model, today=today)
    who = effective_access(user, today=today)
    if not clients or purpose is not Purpose.GUIDANCE or not who.has(Role.DATA_PROTECTION):
        return {purpose: clients}
    own = set(own_clients(who).filter(pk__in=clients).values_list("pk", flat=True))
    sorted_out = {
        Purpose.GUIDANCE: [client for client in clients if client in own],
        Purpose.RIGHTS: [client for client in clients if client not in own],
    }
    return {purpose: used for purpose, used in sorted_out.items() if used}


def _rows(model: type[M], rows: Rows | None, actor: Actor, today: date) -> QuerySet[M]:
    if isinstance(actor, System):
        return model._default_manager.all()
    who = effective_access(actor, today=today)
    if rows is None or not _open(model, who):
        return model._default_manager.none()
    if rows not in who.put_together:
        who.put_together[rows] = rows(who)
    # A copy, never evaluated before: which rows there are is asked anew each time.
    return who.put_together[rows].all()


def _open(model: type[Model], who: EffectiveAccess) -> bool:
    return who.may_enter or RULES[model].open_without_training
