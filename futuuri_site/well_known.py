"""The small files that programs ask a site for, each from where its facts are kept."""

from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.models import Controller
from register.reference import clock

SECURITY_ADDRESS = ".well-known/security.txt"
# RFC 9116 asks for less than a year. It is made anew each day: who kept a copy asks again.
SECURITY_VALID = timedelta(days=90)
PLAIN = "text/plain; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell searchers where the pages are listed, and that nothing of the staff's is for them."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}{reverse('sitemap')}",
    ]
    return _text(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whoever finds a weakness whom to write to (RFC 9116): the controller, as published.

    Http404 while the settings give no address, since a file without a contact is not valid.
    """
    contact = Controller.for_request(request).email
    if not contact:
        raise Http404
    expires = clock.moment(clock.today() + SECURITY_VALID)
    lines = [
        f"Contact: mailto:{quote(contact, safe='@+')}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.WAGTAILADMIN_BASE_URL}{reverse('security')}",
    ]
    return _text(lines)


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN)
