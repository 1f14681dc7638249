"""Places in the text of a version that are filled when it is shown (C08, C44, C53).

A published text is never changed. That of a former contact person can be masked all the same,
since their name, phone number and e-mail address are not in it; and what it says of this year and
the next stays right, since the years are not in it either.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from register.domain.retention.due import due_on
from register.reference import clock
from register.text.phone_numbers import dialled

# What is put into the address of a link, before the value.
SCHEMES = {"contact_name": "", "contact_phone": "tel:", "contact_email": "mailto:"}
NAMES = tuple(SCHEMES)
# What a year is, given the day on which the text is read.
YEARS: dict[str, Callable[[date], str]] = {
    "this_year": lambda day: str(day.year),
    "erasure_year": lambda day: str(due_on(day).year),
}
SLOT = re.compile(rf'<slot name="({"|".join((*NAMES, *YEARS))})"></slot>')


def emptied(controller: Mapping[str, str]) -> dict[str, str]:
    """Return the controller's facts without what names the contact person."""
    return {name: value for name, value in controller.items() if name not in SCHEMES}


def slotted(controller: Mapping[str, str]) -> dict[str, str]:
    """Return the controller's facts with a slot for each that names the contact person."""
    return {**controller, **{name: _slot(name) for name in NAMES}}


def of_years() -> dict[str, str]:
    """Return a slot for each year that texts may name."""
    return {name: _slot(name) for name in YEARS}


def fill(text: str, contact: Mapping[str, str] | None, *, day: date | None = None) -> SafeString:
    """Return the HTML with its slots filled, or masked when there is no contact any more.

    Args:
        text: HTML as `rendering.content` made it.
        contact: the values by the names of the slots.
        day: on which the text speaks; today by default.
    """
    on = day or clock.today()

    def value(found: re.Match[str]) -> str:
        if found[1] in YEARS:
            return YEARS[found[1]](on)
        return _masked() if contact is None else linked(SCHEMES[found[1]], contact[found[1]])

    return mark_safe(SLOT.sub(value, text))  # noqa: S308 - the text is a template's


def linked(scheme: str, value: str) -> SafeString:
    """Return the value as a link of the scheme, where it can be one."""
    target = dialled(value) if scheme == "tel:" else value
    if not scheme or not target:
        return format_html("{}", value)
    return format_html('<a href="{}{}">{}</a>', scheme, target, value)


def _slot(name: str) -> SafeString:
    return format_html('<slot name="{}"></slot>', name)


def _masked() -> SafeString:
    masked: Any = _("(a former contact person)")
    return format_html('<span class="masked">{}</span>', masked)
