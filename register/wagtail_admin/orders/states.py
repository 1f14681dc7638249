"""The state of an order in a word, which is the same wherever the order stands."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from register.models import ServiceOrder

# So long before its end a service is said to end soon.
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in at most twenty characters, and the look that Wagtail gives such a one.

    The look adds to the words: no state is told by colour alone.
    """

    label: Any
    look: str = ""


OVER = Tag(_("Over"))
LAPSED = Tag(_("Validity over"), "critical")
TO_COME = Tag(_("Not begun yet"))
ENDS_SOON = Tag(_("Ends soon"), "warning")
VALID = Tag(_("Valid"), "primary")


def state_of(order: ServiceOrder, *, today: date) -> Tag:
    """Return the order's state on the day."""
    if order.is_finished(today):
        return LAPSED if order.actual_end is None else OVER
    if order.starts_on > today:
        return TO_COME
    last = min(day for day in (order.planned_end, order.actual_end) if day)
    return ENDS_SOON if last <= today + SOON else VALID
