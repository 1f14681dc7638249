"""Personal data breaches (C54–C55): nothing of it is built yet."""

from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.links import section
from privacy_notice.promises.registry import not_built

SEEN_AT = section("tietoturvaloukkaukset")

not_built(
    __name__,
    "C54",
    _("Whoever notices a breach acts by the instruction"),
    missing=_("a form to report a breach, for every employee"),
    seen_at=SEEN_AT,
    by_hand=(
        _("There is an internal instruction for breaches, and every employee knows where it is."),
    ),
)
not_built(
    __name__,
    "C55",
    _("Breaches are looked into at once, and told"),
    missing=_("records of breaches, with their clock, decisions and drafts"),
    seen_at=SEEN_AT,
)
