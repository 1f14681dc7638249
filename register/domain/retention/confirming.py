"""A person confirms what fell due beyond the forecast (R14)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from register.access.standing import Actor
from register.domain.access_log.changing import changing
from register.models import ErasureList
from register.models.access_log import Action


def confirm(
    *, erasure_list: ErasureList, seen: int | None, by: Actor, today: date, now: datetime
) -> ErasureList:
    """Let the next run erase what stands on the list, instead of waiting for 31 January.

    Args:
        seen: the list's version that the person saw; None when nobody saw one.

    Raises NotAllowed to anyone but main user and data protection contact, Stale or Erased;
    ValidationError when the list waits for nobody.
    """
    with changing(
        erasure_list, by=by, today=today, seen=seen, view="erasure_list", action=Action.CONFIRM
    ) as change:
        if not change.row.is_unconfirmed(now):
            raise ValidationError(_("This list waits for no confirmation."))
        change.row.erases_at, change.row.confirmed_on = now, today
    return change.row
