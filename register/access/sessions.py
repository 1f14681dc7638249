"""How long a session of the staff lasts: 30 idle minutes, and ten hours in all (C36).

The session keeps two moments and is written once a minute at most. Suspended and closed accounts
lose theirs at once, by the backend (C34).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=10)
# A session in use is written no more often.
MINUTE = timedelta(minutes=1)
BEGAN, USED = "began_at", "used_at"  # seconds since 1970
# What open pages ask by themselves, with nobody there.
UNATTENDED = {"wagtailadmin_editing_sessions"}
# The address that says how much is left; a POST to it is somebody typing.
ASKED = "register_session"


@dataclass(frozen=True, slots=True)
class Left:
    """How many seconds a session still has, until it has been idle and in all."""

    idle: int
    whole: int

    def is_over(self) -> bool:
        return min(self.idle, self.whole) <= 0


def begin(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """Receive Django's `user_logged_in`: both times run from now on."""
    if request is not None:
        request.session[BEGAN] = request.session[USED] = _now()


def use(session: SessionBase) -> None:
    """Let the idle time begin anew. The ten hours go on."""
    if _now() - session.get(USED, 0) >= MINUTE.total_seconds():
        session[USED] = _now()


def left(session: SessionBase) -> Left:
    """Return what is left. Nothing, where the clock has gone back to before the log-in."""
    now, began, used = _now(), session[BEGAN], session[USED]
    if now < began - MINUTE.total_seconds():
        return Left(0, 0)
    return Left(
        idle=int(used + IDLE.total_seconds()) - now, whole=int(began + WHOLE.total_seconds()) - now
    )


def is_logged_in(request: HttpRequest) -> bool:
    """Whether a session came with the request that somebody logged in with; asks no account."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


def end_in_time(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after that of sessions and log-in: end what is over, note what is in use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_logged_in(request):
            if BEGAN not in request.session:  # of before there was an end
                begin(None, request)
            if left(request.session).is_over():
                logout(request)
        response = get_response(request)
        if is_logged_in(request) and BEGAN in request.session and not is_unattended(request):
            use(request.session)
        return response

    return middleware


def is_unattended(request: HttpRequest) -> bool:
    """Whether the request is one that an open page sends by itself, or leads nowhere."""
    match = request.resolver_match
    if match is None or UNATTENDED & {*match.namespaces}:
        return True
    return match.url_name == ASKED and request.method != "POST"


def _now() -> int:
    return int(timezone.now().timestamp())
