"""How far ahead a service may be valid: what nobody asked for is kept too long (C16, C44)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.domain.access_log.changing import Change
from register.models import ServiceOrder
from register.reference.clock import months_after

# Two years cover the longest guidance that is usual; a slip of the year goes past them.
MONTHS_WITHOUT_REASON = 24
WHY_SO_LONG = _(
    "The service would be valid for more than two years from today. Write why: the client's data "
    "is kept that much longer."
)


def needs_reason(until: date, *, today: date) -> bool:
    """Whether a service may be valid until the day only for a reason that somebody writes."""
    return until > months_after(today, MONTHS_WITHOUT_REASON)


def require_reason(order: ServiceOrder, *, today: date) -> None:
    """Raise ValidationError when the order's validity needs a reason and has none."""
    if needs_reason(order.planned_end, today=today) and not order.long_validity_reason:
        raise ValidationError({"long_validity_reason": WHY_SO_LONG})


def settle_reason(change: Change[ServiceOrder], *, today: date) -> None:
    """Require a reason of a validity that was changed, and drop one that is needed no more."""
    if not {"planned_end", "long_validity_reason_encrypted"} & set(change.fields):
        return
    require_reason(change.row, today=today)
    is_needed = needs_reason(change.row.planned_end, today=today)
    # One that can't be read stays: whoever mends its key finds it.
    if not is_needed and isinstance(change.row.long_validity_reason, str):
        change.set(long_validity_reason="")
