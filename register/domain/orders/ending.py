"""What ends an ordered service, prolongs it, or takes its end back (C16, C44).

Each of them moves the day on which the client's data is due. What billing has stays as it is: the
model refuses another end of an exported order.
"""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.access_log.changing import Change, changing
from register.domain.orders.validity import settle_reason
from register.models import ServiceOrder
from register.models.orders import BILLING_HAS_IT
from register.reference.clock import months_after

# What the buttons offer.
MONTHS = (3, 6, 12)


def prolonged_by(order: ServiceOrder, months: int, *, today: date) -> date:
    """Return the day until which the order is valid when so many months are added.

    To its validity, or to today where that is over.
    """
    return months_after(max(order.planned_end, today), months)


def prolong(
    *, order: ServiceOrder, until: date, reason: str = "", seen: int | None, by: User, today: date
) -> ServiceOrder:
    """Let a service that nobody ended be valid for longer.

    Args:
        until: the new last day of its validity: later than the present one, and not over.
        reason: why, when it is more than 24 months ahead (`orders.validity`); kept encrypted.
        seen: the row's version that the person saw.

    Raises NotAllowed when the client is not one's own, Stale, Erased, ValidationError.
    """
    with changing(order, by=by, today=today, seen=seen, view="order_prolong") as change:
        _refuse_ended(change)
        if until <= change.before.planned_end or until < today:
            raise ValidationError(
                {"until": _("The new day has to be later than the present one, and not over.")}
            )
        change.set(planned_end=until, long_validity_reason=reason)
        settle_reason(change, today=today)
    return change.row


def end(*, order: ServiceOrder, on: date, seen: int | None, by: User, today: date) -> ServiceOrder:
    """Note that a service has ended: today or earlier, and not before it began.

    Raises NotAllowed when the client is not one's own, Stale, Erased, ValidationError.
    """
    with changing(order, by=by, today=today, seen=seen, view="order_end") as change:
        _refuse_ended(change)
        if on > today:
            raise ValidationError(
                {"on": _("The end can't be in the future: change the validity instead.")}
            )
        if on < change.before.starts_on:
            raise ValidationError({"on": _("The service can't end before it starts.")})
        change.set(actual_end=on)
    return change.row


def reopen(*, order: ServiceOrder, seen: int | None, by: User, today: date) -> ServiceOrder:
    """Take back that a service was ended or cancelled, until billing has it.

    The price stays as it is: that of a cancelled service is the fee that was set.

    Raises NotAllowed when the client is not one's own, Stale, Erased, ValidationError.
    """
    with changing(order, by=by, today=today, seen=seen, view="order_reopen") as change:
        change.set(actual_end=None)
        change.row.cancelled_on = None
    return change.row


def cancel(
    *,
    order: ServiceOrder,
    on: date,
    fee: Decimal | None = None,
    seen: int | None,
    by: User,
    today: date,
) -> ServiceOrder:
    """Cancel a service, also before it starts. It ends then, and no statistic counts it (R04).

    Args:
        on: the day on which it was cancelled: today or earlier.
        fee: what is billed all the same, in euros; nothing is billed without one.

    Raises NotAllowed when the client is not one's own, Stale, Erased, ValidationError.
    """
    with changing(order, by=by, today=today, seen=seen, view="order_cancel") as change:
        _refuse_ended(change)
        if on > today:
            raise ValidationError({"on": _("The day of cancelling can't be in the future.")})
        if fee and change.before.billed_before:
            raise ValidationError({"fee": BILLING_HAS_IT})
        change.set(price=fee or Decimal(0))
        change.row.cancelled_on = on
    return change.row


def _refuse_ended(change: Change[ServiceOrder]) -> None:
    if not change.before.is_open:
        raise ValidationError(_("The service has ended already. Take its end back first."))
