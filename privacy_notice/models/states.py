"""How it stands with a promise."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """In the order in which people want to read them: what needs somebody comes first."""

    BROKEN = "broken", _("Broken")
    NOT_YET = "not_yet", _("Not yet")
    BY_HAND = "by_hand", _("Confirmed by hand")
    KEPT = "kept", _("Kept")
