"""How often somebody may try to log in (C36).

Counted in the database, where all processes see it, and before a password is looked at, so that
attempts at the same moment count as well. Whether there is such an account makes no difference.

An address is stopped long before a name, so that a stranger elsewhere does not keep its owner out.
"""

from datetime import datetime, timedelta
from functools import partial
from ipaddress import IPv6Address, ip_address, ip_network

from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from register.db import retry
from register.models.staff import LogInAttempts
from register.text.login_names import login_key

MOST = 30  # of one address, or of a name that came from no known one
MOST_CODES = 10  # of one account: six digits are soon tried
MOST_OF_NAME = 100  # of one name from whatever addresses: NIST SP 800-63B allows no more
WINDOW = timedelta(minutes=15)  # from the first failed attempt on


def begin(username: str, request: HttpRequest | None) -> bool:
    """Count an attempt of the address and of the name. Return False if there were too many.

    What the address may not try any more does not count for the name.
    """
    return all(
        retry.in_transaction(partial(_take, key, most))
        for key, most in _bounds(username, request).items()
    )


def succeeded(username: str, request: HttpRequest | None) -> None:
    """Forget the failed attempts of the name; those of the address stay, but for this one."""
    *addresses, name = _bounds(username, request)
    LogInAttempts.objects.filter(key=name).delete()
    LogInAttempts.objects.filter(key__in=addresses, count__gt=0).update(count=F("count") - 1)


def failed(username: str, request: HttpRequest | None) -> None:
    """Say that somebody failed to show who it is, so that the log of use counts it (C38)."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def begin_code(account: int, request: HttpRequest | None) -> bool:
    """Count an attempt at the code of an account's second factor. False if there were too many.

    A passkey is not guessed at, and works all the same.
    """
    bounds = {_hash("code", str(account)): MOST_CODES}
    if whence := _whence(request):
        bounds = {_hash("address", whence): MOST, **bounds}
    return all(retry.in_transaction(partial(_take, key, most)) for key, most in bounds.items())


def code_succeeded(account: int, request: HttpRequest | None) -> None:
    """Forget the wrong codes of the account, and of the address this attempt."""
    LogInAttempts.objects.filter(key=_hash("code", str(account))).delete()
    if whence := _whence(request):
        used = LogInAttempts.objects.filter(key=_hash("address", whence), count__gt=0)
        used.update(count=F("count") - 1)


def is_first_use(account: int, code: str) -> bool:
    """Whether the code was not used before, in any process; from now on it was.

    A row of the future is one too: after a clock went back, old codes are valid again.
    """
    return retry.in_transaction(partial(_use, _hash("used code", f"{account}:{code}")))


def _use(key: str) -> bool:
    now = timezone.now()
    row, made = LogInAttempts.objects.select_for_update().get_or_create(
        key=key, defaults={"since": now, "count": 1}
    )
    if made:
        return True
    if row.since > now - WINDOW:
        return False
    row.since = now
    row.save()
    return True


def are_used_up(username: str, request: HttpRequest | None) -> bool:
    """Whether the next attempt would be refused, whatever the password."""
    used_up = Q()
    for key, most in _bounds(username, request).items():
        used_up |= Q(key=key, count__gte=most)
    since = timezone.now() - WINDOW
    return LogInAttempts.objects.filter(used_up, since__gt=since).exists()


def refusal() -> ValidationError:
    """Return in words that there were too many, the same for every name."""
    return ValidationError(
        _(
            "There were too many failed attempts to log in. Wait %(minutes)d minutes and "
            "try again. If you don't remember your password, ask the main user for a new "
            "one."
        ),
        code="too_many_attempts",
        params={"minutes": WINDOW.total_seconds() // 60},
    )


def too_many_codes() -> ValidationError:
    """Return in words that too many codes were wrong."""
    return ValidationError(
        _(
            "There were too many wrong codes. Wait %(minutes)d minutes and try again, or use a "
            "passkey. If you have lost your telephone, ask the main user to reset your second "
            "factor."
        ),
        code="too_many_attempts",
        params={"minutes": WINDOW.total_seconds() // 60},
    )


def forget(*, now: datetime) -> int:
    """Delete what no longer counts. Return how many rows there were."""
    return LogInAttempts.objects.filter(since__lte=now - WINDOW).delete()[0]


def _take(key: str, most: int) -> bool:
    now = timezone.now()
    row, _made = LogInAttempts.objects.select_for_update().get_or_create(
        key=key, defaults={"since": now}
    )
    if row.since <= now - WINDOW or row.since > now + WINDOW:  # over, or the clock went back
        row.since, row.count = now, 0
    if row.count >= most:
        return False
    row.count += 1
    row.save()
    return True


def _bounds(username: str, request: HttpRequest | None) -> dict[str, int]:
    """Return the keyed hashes that are counted by, with the most of each; the name's last."""
    name, whence = _hash("name", login_key(username)), _whence(request)
    if not whence:
        return {name: MOST}
    return {_hash("address", whence): MOST, name: MOST_OF_NAME}


def _whence(request: HttpRequest | None) -> str:
    """Return the address that the request came from; "" if it is not known.

    Behind the proxy of docs/deployment it is the last one that the proxy names.
    """
    if request is None:
        return ""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return _source(forwarded or request.META.get("REMOTE_ADDR", ""))


def _source(address: str) -> str:
    """Return what one visitor has of addresses: of IPv6 it is a whole network (/64)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((int(found), 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"register.log_in_attempts.{kind}", value, algorithm="sha256").hexdigest()
