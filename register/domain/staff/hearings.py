"""Hearing the staff before their use of the register is watched (Act 759/2004, section 21).

The log of use can't be switched off: it is how misuse is found (C38). So the register takes its
first client only after the hearing, and the weekly summary waits for it as well.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.access.standing import Actor
from register.domain.access_log.changing import add, remove
from register.models.staff import StaffHearing


def record_hearing(*, held_on: date, by: Actor, today: date) -> StaffHearing:
    """Record that the staff were heard on the day. Raises NotAllowed and ValidationError."""
    if held_on > today:
        raise ValidationError({"held_on": _("The day is still to come: hear the staff first.")})
    return add(StaffHearing(held_on=held_on), by=by, today=today, view="staff_hearing")


def remove_hearing(item: StaffHearing, *, seen: int | None, by: Actor, today: date) -> None:
    """Take off what was recorded by mistake. Raises NotAllowed, Stale and Erased."""
    remove(item, by=by, today=today, seen=seen, view="staff_hearing")


def were_heard(*, today: date) -> bool:
    """Whether the staff have been heard, so that what they do may be summed up week by week."""
    return StaffHearing.objects.filter(StaffHearing.is_held.on(today)).exists()


def refuse_before_hearing(*, today: date) -> None:
    """Raise ValidationError while the staff have not been heard: no client is added before it."""
    if not were_heard(today=today):
        raise ValidationError(
            _(
                "The staff must be heard about the log of use before the first client is added. "
                "The main user or the data protection contact records the day under “Hearings”."
            )
        )
