"""Which roles an account has (C33, C35)."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group

from register.access.standing import Actor
from register.domain.staff.changing_login import changing_login, refuse_last_main_user
from register.models import StaffMember
from register.models.staff import Role


def set_roles(
    *, member: StaffMember, roles: Iterable[Role], seen: int | None, by: Actor, today: date
) -> StaffMember:
    """Give the member exactly these roles; groups that are no roles stay (C33, C35).

    Raises LastMainUser when nobody would be left to manage accounts.
    """
    wanted = set(roles)
    with changing_login(member, by=by, today=today, seen=seen, view="staff_roles") as change:
        before = change.row.roles
        if Role.MAIN_USER not in wanted:
            refuse_last_main_user(change.row)
        if before != wanted:
            change.row.user.groups.remove(*role_groups(set(Role) - wanted))
            change.row.user.groups.add(*role_groups(wanted))
            change.touch()
            change.details |= {"roles_before": role_names(before), "roles": role_names(wanted)}
    return change.row


def role_groups(roles: Iterable[Role]) -> list[Group]:
    return list(Group.objects.filter(name__in=[role.value for role in roles]))


def role_names(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)
