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
    with changing_login(member, by=by, today=today, seen=seen, view="staff_suspend") as change:
        if start is not None:
            refuse_last_main_user(change.row, today=today)
        change.set(
            suspended_from=start,
            suspended_until=until,
            next_suspended_from=next_start,
            next_suspended_until=next_until,
        )
        # What is as it was stays so, also where it would not pass as a new value.
        if change.fields:
            _refuse_unordered(change.row)
            change.details |= {"days_before": _days(change.before), "days": _days(change.row)}
    return change.row


def _days(row: StaffMember) -> list[str]:
    """Return the first and the last day of each time, as the log keeps them (C38)."""
    times = (
        (row.suspended_from, row.suspended_until),
        (row.next_suspended_from, row.next_suspended_until),
    )
    return [f"{start}/{until or ''}" for start, until in times if start]


def _refuse_unordered(row: StaffMember) -> None:
    if row.next_suspended_from and not (row.suspended_from and row.suspended_until):
        raise ValidationError(
            {"next_suspended_from": _("Say first until when the login is removed before that.")}
        )
    if row.next_suspended_until and not row.next_suspended_from:
        raise ValidationError(
            {"next_suspended_from": _("Say from when the login is removed again.")}
        )
