"""The second factor of a log-in: a passkey, or the code of an app (C36).

Whoever has one is asked for it before there is a session at all. Where every log-in takes one, who
has none is led to set one up, and comes no further before.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from register.access import sessions
from register.conf import register_settings

PASSKEY = Authenticator.Type.WEBAUTHN
APP = Authenticator.Type.TOTP
RECOVERY = Authenticator.Type.RECOVERY_CODES
# Each of these is a second factor; codes on paper only stand in for one.
FACTORS = (PASSKEY, APP)
METHOD = "mfa"  # as allauth notes it in the session
# What is changed of one's factors asks for one that was shown so recently.
RECENTLY = timedelta(minutes=10)

# The one door, and what follows it; as allauth calls them.
DOOR, SECOND_STEP = "account_login", "mfa_authenticate"
# Where a factor is set up, and what its pages need.
OVERVIEW, ADD_PASSKEY, ADD_APP = "register_factors", "register_add_passkey", "register_add_app"
SHOW_CODES, DOWNLOAD_CODES = "register_recovery_codes", "register_recovery_codes_file"
PROVE = "register_prove"
LEADING_ON = {
    OVERVIEW,
    ADD_PASSKEY,
    ADD_APP,
    SHOW_CODES,
    DOWNLOAD_CODES,
    PROVE,
    sessions.ASKED,
    DOOR,
    SECOND_STEP,
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


def is_required() -> bool:
    """Whether every log-in of the staff takes a second factor."""
    return register_settings.SECOND_FACTOR_REQUIRED is True


def factors_of(user: Any) -> QuerySet[Authenticator]:
    """Return the passkeys and the app of a user."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)


def is_passed(request: HttpRequest) -> bool:
    """Whether a second factor of the user was shown in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def is_proven(request: HttpRequest) -> bool:
    """Whether the user has just shown who it is: with a factor, or without one by password."""
    asked = METHOD if factors_of(request.user).exists() else "password"
    now = timezone.now().timestamp()
    records = get_authentication_records(request, request.user)
    return any(
        0 <= now - record["at"] <= RECENTLY.total_seconds()
        for record in records
        if record.get("method") == asked
    )


def ask_for_it(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after those of sessions and allauth: no session without it, where it is required.

    What was opened before the person had a factor ends; who has none is led to set one up.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *view: Any) -> HttpResponse | None:
        if not is_required() or not sessions.is_logged_in(request) or is_passed(request):
            return None
        match = request.resolver_match
        if request.user.is_anonymous or match is None or match.url_name in LEADING_ON:
            return None
        if factors_of(request.user).exists():
            logout(request)
            return redirect_to_login(reverse("wagtailadmin_home"), reverse("wagtailadmin_login"))
        return redirect(OVERVIEW)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
