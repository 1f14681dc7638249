"""Whether only encrypted connections are answered (C37, C42)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found, broken

# A browser that has been here comes back encrypted for at least so long.
A_MONTH = 30 * 24 * 60 * 60  # seconds


def unencrypted(look: Look) -> Found | None:
    """Return what lets somebody in without encryption, if anything."""
    door = reverse("wagtailadmin_login")
    plain = look.visitor.get(door, secure=False)
    if plain.status_code not in (301, 308) or not plain.headers["Location"].startswith("https:"):
        return broken(_("The log-in can be opened without encryption."))
    header = look.visitor.get(door, secure=True).headers.get("Strict-Transport-Security", "")
    seconds = header.partition("max-age=")[2].split(";")[0]
    if not seconds.isdigit() or int(seconds) < A_MONTH:
        return broken(_("Browsers are not told to come back encrypted."))
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        return broken(_("A log-in can travel unencrypted: its cookie is not marked as secure."))
    return None
