"""What stands beside each field in which an employee writes freely about a client (O14)."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

HEALTH = _(
    "Of health and other sensitive matters write only what the client has told and explicitly "
    "consented to being recorded (Art. 9 GDPR)."
)


def join_lazy(*sentences: str | Promise) -> Promise:
    """Return the sentences one after the other, in the language of whoever reads them."""
    return format_lazy(" ".join(["{}"] * len(sentences)), *sentences)
