"""Agreement and training, which open the register (C30, C31)."""

from datetime import date

from register.access.standing import Actor
from register.domain.access_log.changing import changing
from register.models import StaffMember


def keep_on_file(
    *,
    member: StaffMember,
    agreement_signed_on: date | None,
    trained_on: date | None,
    training_valid_until: date | None,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Record the confidentiality agreement and the training, which open the register (C30, C31).

    Raises ValidationError.
    """
    with changing(member, by=by, today=today, seen=seen, view="staff_file") as change:
        change.set(
            agreement_signed_on=agreement_signed_on,
            trained_on=trained_on,
            training_valid_until=training_valid_until,
        )
    return change.row
