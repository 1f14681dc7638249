"""Whose matters can't wait, and who looks where one person would look at their own (C33, C35).

Main user and data protection contact watch over each other. In a firm where one person is both,
the owner names somebody else in the settings (`CONFIRMER`).
"""

from datetime import date
from typing import Any

from register.access.login_names import stored_login_name
from register.access.standing import effective_access
from register.conf import register_settings
from register.models import StaffMember
from register.models.staff import Role

# Their matters are an account that must be closed, a request, a breach.
DEPUTISED = (Role.MAIN_USER, Role.DATA_PROTECTION)


def holders(*roles: Role, today: date) -> list[StaffMember]:
    """Return who has one of the roles and can log in on the day, in the order of their names."""
    members = StaffMember.objects.able_to_log_in(today).holding(*roles)
    return list(members.select_related("user"))


def is_one_person(*, today: date) -> bool:
    """Whether the only main user is the only data protection contact as well."""
    found = [holders(role, today=today) for role in DEPUTISED]
    return len(found[0]) == 1 and found[0] == found[1]


def named_in_settings(*, today: date) -> StaffMember | None:
    """Return whom the owner named to confirm what one person may not do alone, if they can."""
    name = stored_login_name(register_settings.CONFIRMER) if register_settings.CONFIRMER else None
    member = StaffMember.objects.filter(user__username=name).select_related("user").first()
    if member is None or effective_access(member.user, today=today).staff_member is None:
        return None
    return member


def confirmers(*, of: Any, today: date) -> list[StaffMember]:
    """Return who may confirm what a user does for themselves; nobody: only the server's command.

    The data protection contacts but for that user, or else who is named in the settings.
    """
    found = holders(Role.DATA_PROTECTION, today=today)
    contacts = [each for each in found if each.user_id != of.pk]
    named = named_in_settings(today=today)
    # Whom the owner named looks at what a contact does, and at nobody else's (`access.rules`).
    if contacts or not found or named is None or named.user_id == of.pk:
        return contacts
    return [named]


def told(*roles: Role, today: date) -> list[StaffMember]:
    """Return who hears what the roles are told: holder and deputy, and who watches over one person.

    What the only main user and contact is told of themselves would be told to nobody else.
    """
    members = holders(*roles, today=today)
    named = named_in_settings(today=today)
    if named is not None and named not in members and is_one_person(today=today):
        members.append(named)
    return members
