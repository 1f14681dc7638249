"""Places in the text of a version for what names a person: filled when it is shown (C08, C53).

A published text is never changed. That of a former contact person can be masked all the same,
since their name, phone number and e-mail address are not in it.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from register.text.phone_numbers import dialled

# What is put into the address of a link, before the value.
SCHEMES = {"contact_name": "", "contact_phone": "tel:", "contact_email": "mailto:"}
NAMES = tuple(SCHEMES)
SLOT = re.compile(rf'<slot name="({"|".join(NAMES)})"></slot>')


def emptied(controller: Mapping[str, str]) -> dict[str, str]:
    """Return the controller's facts without what names the contact person."""
    return {name: value for name, value in controller.items() if name not in SCHEMES}


def slotted(controller: Mapping[str, str]) -> dict[str, str]:
    """Return the controller's facts with a slot for each that names the contact person."""
    return {**controller, **{name: format_html('<slot name="{}"></slot>', name) for name in NAMES}}


def fill(text: str, contact: Mapping[str, str] | None) -> SafeString:
    """Return the HTML with its slots filled, or masked when there is no contact any more.

    Args:
        text: HTML as `rendering.content` made it.
        contact: the values by the names of the slots.
    """

    def value(found: re.Match[str]) -> str:
        return _masked() if contact is None else _shown(found[1], contact[found[1]])

    return mark_safe(SLOT.sub(value, text))  # noqa: S308 - the text is a template's


def _shown(name: str, value: str) -> SafeString:
    scheme = SCHEMES[name]
    target = dialled(value) if scheme == "tel:" else value
    if not scheme or not target:
        return format_html("{}", value)
    return format_html('<a href="{}{}">{}</a>', scheme, target, value)


def _masked() -> SafeString:
    masked: Any = _("(a former contact person)")
    return format_html('<span class="masked">{}</span>', masked)
