"""Who approves a version of the notice: one rule, which all that publishes asks (C33)."""

from datetime import date

from register.access.standing import User, effective_access
from register.models import StaffMember
from register.models.staff import Role


def approves(user: User, *, today: date) -> bool:
    """Whether the person may approve: the data protection contact, or else the main user.

    A main user stands in only while no data protection contact can log in. Who has edited may
    approve as well, in a firm where one person is all: the reason is asked of everybody, and the
    page's history names both.
    """
    who = effective_access(user, today=today)
    if who.has(Role.DATA_PROTECTION):
        return True
    return who.has(Role.MAIN_USER) and not _there_is_a_contact(today)


def restores(user: User, *, today: date) -> bool:
    """Whether the person may put the previous version back, in an emergency."""
    return effective_access(user, today=today).has(Role.DATA_PROTECTION, Role.MAIN_USER)


def _there_is_a_contact(today: date) -> bool:
    members = StaffMember.objects.able_to_log_in(today).holding(Role.DATA_PROTECTION)
    return any(
        effective_access(member.user, today=today).has(Role.DATA_PROTECTION)
        for member in members.select_related("user")
    )
