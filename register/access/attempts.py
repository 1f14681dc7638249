"""How often somebody may try to log in (C36).

Counted in the database, where all processes see it, and before a password is looked at, so that
attempts at the same moment count as well. Whether there is such an account makes no difference.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from register.db import retry
from register.models.staff import LogInAttempts
from register.text.login_names import login_key

MOST = 30
WINDOW = timedelta(minutes=15)  # from the first failed attempt on


def begin(username: str, request: HttpRequest | None) -> bool:
    """Count an attempt of the name and of the address. Return False if there were too many."""
    return all(retry.in_transaction(partial(_take, key)) for key in _keys(username, request))


def succeeded(username: str, request: HttpRequest | None) -> None:
    """Forget the failed attempts of the name; those of the address stay, but for this one."""
    name, *addresses = _keys(username, request)
    LogInAttempts.objects.filter(key=name).delete()
    LogInAttempts.objects.filter(key__in=addresses, count__gt=0).update(count=F("count") - 1)


def are_used_up(username: str, request: HttpRequest | None) -> bool:
    """Whether the next attempt would be refused, whatever the password."""
    since = timezone.now() - WINDOW
    rows = LogInAttempts.objects.filter(key__in=_keys(username, request))
    return rows.filter(since__gt=since, count__gte=MOST).exists()


def forget(*, now: datetime) -> int:
    """Delete what no longer counts. Return how many rows there were."""
    return LogInAttempts.objects.filter(since__lte=now - WINDOW).delete()[0]


def _take(key: str) -> bool:
    now = timezone.now()
    row, _made = LogInAttempts.objects.select_for_update().get_or_create(
        key=key, defaults={"since": now}
    )
    if row.since <= now - WINDOW or row.since > now + WINDOW:  # over, or the clock went back
        row.since, row.count = now, 0
    if row.count >= MOST:
        return False
    row.count += 1
    row.save()
    return True


def _keys(username: str, request: HttpRequest | None) -> list[str]:
    """Return the keyed hashes that are counted by, the name's first."""
    return [
        _hash("name", login_key(username)),
        *(_hash("address", each) for each in _whence(request)),
    ]


def _whence(request: HttpRequest | None) -> Iterable[str]:
    """Yield the address that the request came from, if it is known.

    Behind the proxy of docs/deployment it is the last one that the proxy names.
    """
    if request is None:
        return
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    if address := forwarded or request.META.get("REMOTE_ADDR", ""):
        yield address


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"register.log_in_attempts.{kind}", value, algorithm="sha256").hexdigest()
