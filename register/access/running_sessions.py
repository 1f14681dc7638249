"""The sessions of one person that are running: seen and ended by their owner (C34, C36).

Each says since when, when it was last used, and in what kind of browser it was opened; no address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from register.access.sessions import BEGAN, USED

BROWSER = "browser"
# In this order: each of them claims to be some that follow.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "Chrome/": "Chrome",
    "CriOS": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Running:
    """A session of a person.

    Attributes:
        mark: what a page calls it by; the session's own key would open it.
        browser: the kind of browser and system; "" if neither is known.
    """

    mark: str
    since: datetime
    used: datetime
    browser: str
    is_this: bool


def note_browser(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """Receive Django's `user_logged_in`."""
    if request is not None:
        request.session[BROWSER] = kind_of(request.headers.get("User-Agent", ""))


def kind_of(agent: str) -> str:
    """Return the kind of browser and system, as "Firefox, Windows"; nothing finer."""
    found = (
        next((name for sign, name in signs.items() if sign in agent), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)


def running_of(user: Any, *, this: str | None) -> list[Running]:
    """Return the user's sessions, the newest first. `this` is the key of the one that asks."""
    found = [
        Running(
            mark=mark(session.session_key),
            since=_moment(data.get(BEGAN)),
            used=_moment(data.get(USED)),
            browser=data.get(BROWSER, ""),
            is_this=session.session_key == this,
        )
        for session, data in _of(user)
    ]
    return sorted(found, key=lambda each: each.since, reverse=True)


def end(user: Any, *, marked: str | None = None, but: str | None = None) -> int:
    """End the user's sessions, or the one so marked; `but` is the key of one that stays.

    Returns how many there were. Of another person's, none is ended.
    """
    keys = [
        session.session_key
        for session, _data in _of(user)
        if session.session_key != but and (marked is None or mark(session.session_key) == marked)
    ]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def mark(session_key: str) -> str:
    """Return what a page calls a session by."""
    return salted_hmac("register.running_session", session_key, algorithm="sha256").hexdigest()[:32]


def _of(user: Any) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Yield the running sessions of a user. Whose it is stands in each: a firm has few."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            yield session, data


def _moment(seconds: int | None) -> datetime:
    return datetime.fromtimestamp(seconds or 0, tz=UTC)
