"""The health check for monitors: one table of conditions, in JSON."""

import ipaddress
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from register.conf import register_settings
from register.domain.operations.conditions import findings
from register.domain.operations.finding import Level

PATH = "/healthz"


Answer = Callable[[HttpRequest], HttpResponseBase]


def healthz(get_response: Answer) -> Answer:
    """Middleware that answers `/healthz` by itself, the first of all.

    Before the host is looked at and http turned into https: a monitor may ask by address. It must
    come from this machine, or bring the token. To anybody else there is no such page.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info != PATH or not (is_local(request) or has_token(request)):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return state()

    return answer


def state() -> JsonResponse:
    """Return every condition with its value and limit: 200 when nothing is wrong, else 503."""
    found = findings(now=timezone.now())
    wrong = [name for name, finding in found.items() if finding.level is Level.WRONG]
    told = {
        name: {"ok": finding.level < Level.WRONG, "value": finding.value, "limit": finding.limit}
        for name, finding in found.items()
    }
    answer = JsonResponse({"ok": not wrong, "wrong": wrong, **told}, status=503 if wrong else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def is_local(request: HttpRequest) -> bool:
    """Whether it comes from this machine itself, and not through its web server."""
    if "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def has_token(request: HttpRequest) -> bool:
    """Whether it brings `HEALTH_TOKEN`, as `Authorization: Bearer …`; no setting, no token."""
    token = register_settings.HEALTH_TOKEN
    brought = request.META.get("HTTP_AUTHORIZATION", "")
    return bool(token) and constant_time_compare(brought, f"Bearer {token}")
