"""Legal holds: they postpone a client's erasure, and change nothing else before it (R06)."""

from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.gate import may_create
from register.access.standing import SYSTEM, Actor, looking_anew
from register.domain.access_log.changing import add, changing, locked
from register.domain.erasure import ledger
from register.domain.retention import hastening
from register.exceptions import NotAllowed
from register.models import Client, Hold
from register.models.access_log import Action
from register.models.retention import BY_HAND, HoldGround
from register.text.visible import is_visible


def place(
    *,
    client: Client,
    ground: HoldGround,
    reason: str,
    review_on: date,
    by: Actor,
    today: date,
) -> Hold:
    """Put a hold on the client.

    Args:
        ground: one of BY_HAND; SYSTEM also holds for a request or a breach.
        review_on: when somebody asks whether the hold is still needed: from `today` on, and within
            twelve months.

    Raises:
        NotAllowed: a person who is no data protection contact in good standing.
        Erased: the client was erased in the meantime.
        ValidationError: the reason is empty, or ground or review do not fit.
    """
    with transaction.atomic(), looking_anew():
        if not may_create(by, Hold, today=today):
            raise NotAllowed
        if not is_visible(reason):
            raise ValidationError({"reason": _("A hold needs a reason.")})
        _check_ground(ground, by=by)
        _check_review(review_on, today=today)
        # A run that is erasing this client now is waited for: the hold comes before or after it.
        hold = Hold(
            client=locked(client), ground=ground, set_on=today, set_by_id=by.pk, review_on=review_on
        )
        hold.reason = reason
        return add(hold, by=by, today=today, view="hold", action=Action.HOLD)


def review(
    *,
    hold: Hold,
    until: date,
    seen: int | None,
    by: Actor,
    today: date,
    ground: HoldGround | None = None,
) -> Hold:
    """Note that the hold was looked at and is still needed; the next review is on `until`.

    Args:
        until: from `today` on, and within twelve months.
        seen: the hold's version that the person saw; None when nobody saw one.
        ground: the ground of the law; asked for where none is stated, and else kept.

    Raises NotAllowed to anyone but the data protection contact, Stale, Erased; ValidationError
    when the hold is released, or what is given does not fit.
    """
    with changing(hold, by=by, today=today, seen=seen, view="hold", action=Action.REVIEW) as change:
        if not change.row.is_active(today):
            raise ValidationError(_("The hold is released already."))
        if ground is not None or change.row.ground == HoldGround.UNSTATED:
            _check_ground(ground, by=by)
            change.set(ground=ground)
        _check_review(until, today=today)
        change.set(review_on=until)
        change.row.reviewed_on = today
        change.touch()
    return change.row


def _check_ground(ground: HoldGround | None, *, by: Actor) -> None:
    allowed = HoldGround.values if by is SYSTEM else BY_HAND
    if ground not in allowed or ground == HoldGround.UNSTATED:
        raise ValidationError({"ground": _("Choose the ground of the law.")})


def _check_review(day: date, *, today: date) -> None:
    """The model sees to the twelve months."""
    if day < today:
        raise ValidationError({"review_on": _("The review can't be in the past.")})


def release(*, hold: Hold, seen: int | None, by: Actor, today: date, again: bool = False) -> Hold:
    """End the hold from the day on: the next run erases what is past its date.

    Whoever releases it has read so: that stands on a list at once (R14). A hold that was released
    already stays as it is.

    Args:
        seen: the hold's version that the person saw; None when nobody saw one.
        again: the ledger says so already, as after a restore.

    Raises NotAllowed to anyone but the data protection contact, Stale or Erased.
    """
    with transaction.atomic():
        with changing(
            hold, by=by, today=today, seen=seen, view="hold", action=Action.RELEASE
        ) as change:
            released = change.row.is_active(today)
            if released:
                change.set(released_on=today)
                # After the commit: a line without a release would erase somebody who is held.
                # Where it can't be written, the hold comes back with a restored backup, and is
                # seen.
                if not again:
                    told = partial(ledger.release, change.row.pk, day=today)
                    transaction.on_commit(told, robust=True)
        if released:
            soon = hastening.outlook([change.row.client_id], today=today)
            hastening.let_erase(soon, today=today)
    return change.row
