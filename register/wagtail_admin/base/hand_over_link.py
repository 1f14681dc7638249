"""Where a counsellor's clients are handed over: led to from clients and from the staff (C34)."""

from django.urls import reverse

from register.models import StaffMember

NAME = "register_hand_over"
OF_NOBODY, TO_CHOOSE = "nobody", "choose"


def hand_over_address(giver: StaffMember | None) -> str:
    """Return where a counsellor's clients are handed over, or those whom nobody gives."""
    return f"{reverse(NAME)}?from={giver.pk if giver else OF_NOBODY}"
