"""Roles of the own account, where there is no other main user to change them (C33, C35).

The only main user who can log in asks, and the data protection contact decides. Where that is the
same person, only a command on the server does it: `manage.py set_roles`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.gate import changeable
from register.access.standing import Actor, User
from register.domain.access_log.changing import Change, add_with_another, changing, locked
from register.domain.access_log.recording import record_change
from register.domain.staff.changing_login import (
    changing_login,
    lock_main_users,
    refuse_last_main_user,
)
from register.domain.staff.deputies import confirmers, holders
from register.domain.staff.roles import put, role_names
from register.exceptions import Stale
from register.models import RoleRequest, StaffMember
from register.models.access_log import Action
from register.models.staff import Decision, Role, named

VIEW = "role_request"


def ask(
    *,
    member: StaffMember,
    roles: Iterable[Role],
    seen: int | None,
    by: User,
    today: date,
    now: datetime,
) -> RoleRequest:
    """Ask the data protection contact for other roles of the own account; a newer one replaces it.

    Raises LastMainUser, Stale, and ValidationError, which says who changes them instead.
    """
    wanted = set(roles)
    with changing_login(member, by=by, today=today, seen=seen, view=VIEW) as change:
        if Role.MAIN_USER not in wanted:
            refuse_last_main_user(change.row, today=today)
        _refuse_where_another_may(change.row, today=today)
        waiting = RoleRequest.objects.filter(member=change.row).waiting()
        waiting.update(decision=Decision.OUTDATED)
        return add_with_another(
            RoleRequest(
                member=change.row,
                roles_before=role_names(change.row.roles),
                roles=role_names(wanted),
                asked_at=now,
            ),
            by=by,
            today=today,
            view=VIEW,
            details={
                "roles_before": role_names(change.row.roles),
                "roles": role_names(wanted),
            },
        )


def confirm(
    *, request: RoleRequest, seen: int | None, by: Actor, today: date, now: datetime
) -> RoleRequest:
    """Give the main user the roles that were asked for.

    Raises NotAllowed, LastMainUser, ValidationError, and Stale where it was decided, or the roles
    were changed, meanwhile.
    """
    with transaction.atomic():
        lock_main_users()
        with changing(
            request, by=by, today=today, seen=seen, view=VIEW, action=Action.CONFIRM
        ) as change:
            _decide(change, Decision.CONFIRMED, by=by, now=now)
            member = locked(StaffMember(pk=change.row.member_id))
            if role_names(member.roles) != change.row.roles_before:
                raise Stale(member._meta.label, member.pk)
            if member.is_suspended(today):
                raise ValidationError(_("The login of this main user is removed."))
            _give(member, {Role(name) for name in change.row.roles}, by=by, today=today)
    return change.row


def refuse(
    *, request: RoleRequest, seen: int | None, by: Actor, today: date, now: datetime
) -> RoleRequest:
    """Leave the main user's roles as they are. Raises NotAllowed, or Stale where it was decided."""
    with changing(request, by=by, today=today, seen=seen, view=VIEW, action=Action.DENY) as change:
        _decide(change, Decision.REFUSED, by=by, now=now)
    return change.row


def count_waiting(*, by: User, today: date) -> int:
    """Return how many requests wait for this person to decide."""
    return changeable(RoleRequest, by=by, today=today).waiting().count()  # type: ignore[attr-defined]


def _decide(change: Change[RoleRequest], decision: Decision, *, by: Actor, now: datetime) -> None:
    if not change.before.is_waiting:
        raise Stale(change.row._meta.label, change.row.pk)
    decider = StaffMember.objects.filter(user=by.pk).first()
    change.set(decision=decision, decided_at=now, decided_by=decider)
    change.details |= {"roles_before": change.row.roles_before, "roles": change.row.roles}


def _give(member: StaffMember, wanted: set[Role], *, by: Actor, today: date) -> None:
    """The gate was asked for the request: who decides manages no accounts otherwise."""
    change = Change(member)
    put(change, wanted, by=by, today=today)
    change.row.save(update_fields=["version"])
    record_change(
        change.row,
        by=by,
        today=today,
        action=Action.CHANGE,
        view="staff_roles",
        details=change.details,
    )


def _refuse_where_another_may(member: StaffMember, *, today: date) -> None:
    others = [
        each
        for each in holders(Role.MAIN_USER, today=today)
        if each.pk != member.pk and each.user.has_usable_password()
    ]
    if others:
        raise ValidationError(
            _("You can't change your own roles. Another main user does it: %(names)s.")
            % {"names": ", ".join(named(each.user) for each in others)}
        )
    if not confirmers(of=member.user, today=today):
        raise ValidationError(
            _(
                "You can't change your own roles, and there is nobody else who could confirm it: "
                "neither another main user nor another data protection contact. Only a command on "
                "the server does it: ask the administrator for “manage.py set_roles”."
            )
        )
