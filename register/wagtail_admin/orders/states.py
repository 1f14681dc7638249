"""The state of an order as a tag: always a word, and a look that adds nothing to it."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from register.models.orders import OrderState

LOOKS = {
    OrderState.VALID: "primary",
    OrderState.SOON: "warning",
    OrderState.LAPSED: "critical",
    OrderState.POSTPONED: "warning",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in at most twenty characters, and the look that Wagtail gives such a one.

    The look adds to the words: no state is told by colour alone.
    """

    label: Any
    look: str = ""


def tag_of(state: OrderState) -> Tag:
    return Tag(state.label, LOOKS.get(state, ""))


def shown(state: OrderState | None) -> SafeString | str:
    """Return the tag as a list shows it; a dash where there is none."""
    if state is None:
        return "–"
    return render_to_string("register/admin/includes/state.html", {"tag": tag_of(state)})
