"""Which roles an account has (C33, C35). Those of the own one are another's to change."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group

from register.access.standing import Actor
from register.domain.access_log.changing import Change
from register.domain.staff import changes
from register.domain.staff.changing_login import changing_login, refuse_last_main_user
from register.exceptions import OwnRoles
from register.models import RoleRequest, StaffMember
from register.models.staff import ChangeKind, Decision, Role


def set_roles(
    *, member: StaffMember, roles: Iterable[Role], seen: int | None, by: Actor, today: date
) -> StaffMember:
    """Give the member exactly these roles; groups that are no roles stay (C33, C35).

    It stands on the data protection contact's list. Raises OwnRoles for other roles of the own
    account, and LastMainUser when nobody would be left to manage accounts.
    """
    wanted = set(roles)
    with changing_login(member, by=by, today=today, seen=seen, view="staff_roles") as change:
        if is_own(change.row, by) and change.row.roles != wanted:
            raise OwnRoles("The roles of the own account are another's to change.")
        put(change, wanted, by=by, today=today)
        if change.touched:
            # A request was about roles that are not there any more.
            waiting = RoleRequest.objects.filter(member=change.row).waiting()
            waiting.update(decision=Decision.OUTDATED)
    return change.row


def is_own(member: StaffMember, actor: Actor) -> bool:
    """Whether somebody changes the own account."""
    return member.user_id == actor.pk


def put(change: Change[StaffMember], wanted: set[Role], *, by: Actor, today: date) -> None:
    """Give the member under change these roles: a step of a verb whose gate was asked."""
    before = change.row.roles
    if Role.MAIN_USER not in wanted:
        refuse_last_main_user(change.row, today=today)
    if before == wanted:
        return
    change.row.user.groups.remove(*role_groups(set(Role) - wanted))
    change.row.user.groups.add(*role_groups(wanted))
    change.touch()
    change.details |= {"roles_before": role_names(before), "roles": role_names(wanted)}
    changes.note(kind=ChangeKind.ROLES, member=change.row, by=by, roles_before=before, roles=wanted)


def role_groups(roles: Iterable[Role]) -> list[Group]:
    return list(Group.objects.filter(name__in=[role.value for role in roles]))


def role_names(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)
