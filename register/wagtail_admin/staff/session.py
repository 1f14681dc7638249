"""What an open page asks of its session: how long it lasts, and to go on because somebody types.

It asks no gate and reads no row but the session's own: there is nothing in the answer but times,
and a mark by which the page knows its own person again.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from register.access import sessions


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Say how many seconds are left; to a POST, after the idle time has begun anew."""
    if not sessions.is_logged_in(request):
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if request.method == "POST":
        sessions.use(request.session)
    left = sessions.left(request.session)
    return JsonResponse(
        {
            "idle": left.idle,
            "whole": left.whole,
            "person": mark(request.session[SESSION_KEY]),
            "token": get_token(request),
        }
    )


def mark(user_key: str) -> str:
    """Return what a page compares persons by. It names none."""
    return salted_hmac("register.session.person", user_key).hexdigest()[:20]


def script() -> SafeString:
    """Return the script that warns of the end, with its words in the reader's language."""
    data: dict[str, Any] = {
        "url": reverse(sessions.ASKED),
        "login": reverse("wagtailadmin_login"),
        "home": reverse("wagtailadmin_home"),
        "soon": _("The session ends soon"),
        "idle": _(
            "You have done nothing for a while. The session ends at {time}, unless you go on."
        ),
        "whole": _(
            "The session ends at {time}, ten hours after you logged in. Save your work before it."
        ),
        "go-on": _("Go on"),
        "understood": _("All right"),
        "over": _("The session has ended"),
        "again": _(
            "Log in again, and go on where you were: what you typed is still there. It is hidden "
            "meanwhile."
        ),
        "username": _("User name"),
        "password": _("Password"),
        "second": _("Confirm it with your passkey or a code, as when you log in."),
        "passkey": _("Use the passkey"),
        "code": _("Code of the app, or a recovery code"),
        "unsigned": _("The passkey was not used. Try again, or use a code."),
        "log-in": _("Log in"),
        "failed": _("Logging in failed. Try again."),
    }
    attributes = format_html_join(" ", 'data-{}="{}"', data.items())
    return format_html('<script src="{}" {}></script>', static("register/session.js"), attributes)
