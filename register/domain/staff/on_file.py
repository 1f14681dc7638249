"""Agreement and trainings, which open the register (C30, C31)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from register.access.standing import Actor
from register.domain.access_log.changing import changing
from register.models import StaffMember
from register.models.staff import Training

HELD = ("agreement_signed_on", *(training.held_on for training in Training))


def keep_on_file(
    *,
    member: StaffMember,
    agreement_signed_on: date | None,
    law_trained_on: date | None,
    law_valid_until: date | None,
    practices_trained_on: date | None,
    practices_valid_until: date | None,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Record the confidentiality agreement and both trainings, which open the register (C30, C31).

    Raises ValidationError, also for a day in the future: what is on file has happened.
    """
    with changing(member, by=by, today=today, seen=seen, view="staff_file") as change:
        change.set(
            agreement_signed_on=agreement_signed_on,
            law_trained_on=law_trained_on,
            law_valid_until=law_valid_until,
            practices_trained_on=practices_trained_on,
            practices_valid_until=practices_valid_until,
        )
        refuse_future(change.row, changed=change.fields, today=today)
    return change.row


def refuse_future(row: Any, *, changed: list[str], today: date) -> None:
    """Raise ValidationError by field for an agreement or a training that is still to come."""
    refusals = {
        name: ValidationError(_("The date can't be in the future."))
        for name in HELD
        if name in changed and (day := getattr(row, name)) is not None and day > today
    }
    if refusals:
        raise ValidationError(refusals)
