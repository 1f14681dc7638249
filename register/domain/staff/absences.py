"""The login removed for a time (C34)."""

from datetime import date

from register.access.standing import Actor
from register.domain.staff.changing_login import changing_login, refuse_last_main_user
from register.models import StaffMember


def suspend(
    *,
    member: StaffMember,
    start: date | None,
    until: date | None,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Remove the login for a time, both days included; without `until`, until told otherwise.

    A running session ends with its next request, and the login returns by itself (C34). Without
    `start` a suspension is lifted. Raises LastMainUser or ValidationError.
    """
    with changing_login(member, by=by, today=today, seen=seen, view="staff_suspend") as change:
        if start is not None:
            refuse_last_main_user(change.row)
        change.set(suspended_from=start, suspended_until=until)
    return change.row
