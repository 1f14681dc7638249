"""Whose clients a person may give to a colleague (C33, C34). Like the gate, it writes nothing."""

from datetime import date

from django.db.models import QuerySet

from register.models import Assignment, Client
from register.models.staff import Role

from .standing import Actor, System, User, effective_access


def to_hand_over(*, by: User, today: date) -> QuerySet[Assignment]:
    """Return the periods that the person may give to a colleague; none when in doubt.

    Anybody's to a main user, to a counsellor the own ones that are open today: what begins
    tomorrow opens nothing before. They open one narrow view
    (`register.domain.clients.hand_over_list`): name, service and validity of whom is given. They
    open no card.
    """
    who = effective_access(by, today=today)
    rows = Assignment.objects.none()
    if who.may_enter and who.has(Role.MAIN_USER):
        rows = Assignment.objects.not_over(today)
    elif who.may_enter and who.has(Role.COUNSELLOR):
        rows = Assignment.objects.current(today).filter(user=by.pk)
    return rows.filter(content_object__in=Client.objects.unrestricted())


def may_hand_over(user: Actor, period: Assignment, *, today: date) -> bool:
    """Whether the actor may give the period's client to a colleague."""
    if isinstance(user, System):
        return True
    return to_hand_over(by=user, today=today).filter(pk=period.pk).exists()
