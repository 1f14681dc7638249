"""Legal holds: they postpone a client's erasure, and change nothing else before it (DOMAIN 3)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.enums import Action, HoldGround, Purpose
from register.exceptions import NotAllowed
from register.models import Client, Hold
from register.permissions import User, may_change, may_create

from .access_log import record


@transaction.atomic
def place(
    *,
    client: Client,
    ground: HoldGround,
    reason: str,
    review_on: date,
    by: User | None,
    today: date,
) -> Hold:
    """Put a hold on the client, and log it.

    Args:
        review_on: when somebody asks whether the hold is still needed; not before `today`.

    Raises:
        NotAllowed: a person who is no data protection contact in good standing.
        Client.DoesNotExist: the client was erased in the meantime.
        ValidationError: the reason is empty, or the review is before today.
    """
    if by is not None and not may_create(by, Hold, today=today):
        raise NotAllowed
    if not reason.strip():
        raise ValidationError({"reason": _("A hold needs a reason.")})
    # A run that is erasing this client now is waited for: a hold comes wholly before or after it.
    locked = Client.objects.select_for_update().get(pk=client.pk)
    hold = Hold(client=locked, ground=ground, set_on=today, set_by_id=_key(by), review_on=review_on)
    hold.reason = reason
    hold.full_clean(exclude=["client", "set_by"])
    hold.save(force_insert=True)
    record(
        by=by,
        action=Action.HOLD,
        purpose=Purpose.RIGHTS,
        model=Hold,
        view="hold",
        clients=[client.pk],
    )
    return hold


@transaction.atomic
def release(*, hold: Hold, by: User | None, today: date) -> Hold:
    """End the hold from the day on, and log it: the next run erases what is past its date.

    A hold that was released already stays as it is. NotAllowed to anyone but the contact.
    """
    if by is not None and not may_change(by, hold, today=today):
        raise NotAllowed
    locked = Hold.objects.select_for_update().get(pk=hold.pk)
    if locked.released_on is None or locked.released_on > today:
        locked.released_on = today
        locked.save(update_fields=["released_on"])
        record(
            by=by,
            action=Action.RELEASE,
            purpose=Purpose.RIGHTS,
            model=Hold,
            view="hold",
            clients=[locked.client_id],
        )
    return locked


def _key(by: User | None) -> int | None:
    return by.pk if by is not None else None
