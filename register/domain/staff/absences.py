"""The login removed for a time (C34)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from register.access.standing import Actor
from register.domain.staff.changing_login import changing_login, refuse_last_main_user
from register.models import StaffMember


def suspend(
    *,
    member: StaffMember,
    start: date | None,
    until: date | None,
    next_start: date | None = None,
    next_until: date | None = None,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Remove the login for a time, both days included; without `until`, until told otherwise.

    A running session ends with its next request, and the login returns by itself (C34). Without
    `start` a suspension is lifted. Why somebody is away is asked nowhere.

    Args:
        next_start, next_until: the next such time, planned while the first is to come or runs.

    Raises LastMainUser or ValidationError.
    """
    if next_start is not None and (start is None or until is None):
        raise ValidationError(
            {"next_suspended_from": _("Say first until when the login is removed before that.")}
        )
    if next_start is None and next_until is not None:
        raise ValidationError(
            {"next_suspended_from": _("Say from when the login is removed again.")}
        )
    with changing_login(member, by=by, today=today, seen=seen, view="staff_suspend") as change:
        if start is not None:
            refuse_last_main_user(change.row)
        change.set(
            suspended_from=start,
            suspended_until=until,
            next_suspended_from=next_start,
            next_suspended_until=next_until,
        )
    return change.row
