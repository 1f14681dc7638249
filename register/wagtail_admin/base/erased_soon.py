"""What the next run will erase, in words, and the page that asks before a form hastens it."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.domain.retention.hastening import Outlook
from register.wagtail_admin.base.words import plain

# What the page sends: the sign of what was read, or the wish to go back to the form.
CONFIRMED = "erasure_confirmed"
BACK = "back_to_form"
OWN = ("csrfmiddlewaretoken", CONFIRMED, BACK)


def confirmed(form: Any) -> str:
    """Return the sign of the page that the person confirmed; "" when there was none."""
    return str(form.data.get(CONFIRMED, ""))


def typed(data: QueryDict) -> list[tuple[str, str]]:
    """Return (name, value) of all that was sent with the form, to be sent again by the page."""
    return [(name, value) for name in data if name not in OWN for value in data.getlist(name)]


def in_words(outlook: Outlook, *, name: str) -> str:
    """Return whose data the next run erases, and when."""
    told = {"name": name, "day": plain(outlook.day)}
    if outlook.clients:
        return (
            _(
                "All data of %(name)s is erased by the next retention run, on %(day)s soon after "
                "midnight: name and contact details, service orders and notes."
            )
            % told
        )
    if outlook.orders:
        return ngettext(
            "%(count)d service order of %(name)s, with its notes, is erased by the next retention "
            "run, on %(day)s soon after midnight.",
            "%(count)d service orders of %(name)s, with their notes, are erased by the next "
            "retention run, on %(day)s soon after midnight.",
            len(outlook.orders),
        ) % (told | {"count": len(outlook.orders)})
    return (
        _(
            "Nothing of %(name)s is erased by the next retention run. The data is erased when its "
            "time comes."
        )
        % told
    )
