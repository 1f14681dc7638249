"""Who works with which client: the rows that open a client to a counsellor (C33, C35)."""

from datetime import date

from django.contrib.auth.models import Permission
from django.db import transaction

from register.enums import Action, Purpose
from register.exceptions import NotAllowed
from register.models import Assignment, Client
from register.permissions import User, may_change, may_create

from . import access_log


def grant(
    *, client: Client, user: User, valid_from: date, valid_until: date | None = None
) -> Assignment:
    """Open the client to the user for these days; an earlier assignment gets the new dates.

    The inner step of other verbs, which check the actor and write the log.
    """
    permission = Permission.objects.get(
        content_type__app_label="register", content_type__model="client", codename="view_client"
    )
    assignment, _ = Assignment.objects.update_or_create(
        user_id=user.pk or 0,
        permission=permission,
        content_object=client,
        defaults={"valid_from": valid_from, "valid_until": valid_until},
    )
    return assignment


def assign(
    *, client: Client, user: User, valid_from: date, valid_until: date | None, by: User
) -> Assignment:
    """Assign a client to a counsellor, both days included. NotAllowed unless a main user asks."""
    if not may_create(by, Assignment):
        raise NotAllowed
    with transaction.atomic():
        assignment = grant(client=client, user=user, valid_from=valid_from, valid_until=valid_until)
        _log(assignment, by=by)
    return assignment


def set_dates(
    *, assignment: Assignment, valid_from: date, valid_until: date | None, by: User
) -> Assignment:
    """Change an assignment's dates; ending it closes the client to the counsellor."""
    if not may_change(by, assignment):
        raise NotAllowed
    with transaction.atomic():
        assignment.valid_from, assignment.valid_until = valid_from, valid_until
        assignment.save(update_fields=["valid_from", "valid_until"])
        _log(assignment, by=by)
    return assignment


def _log(assignment: Assignment, *, by: User) -> None:
    access_log.record(
        by=by,
        action=Action.ASSIGN,
        purpose=Purpose.ADMINISTRATION,
        model=Assignment,
        view="assignment",
        clients=[assignment.content_object_id],
    )
