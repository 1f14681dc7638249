"""What a search found, kept for half an hour (C18, C36, C38).

A search is posted, so that no name stands in an address, and answered by a redirect to a token, so
that Back, Reload and the next page are ordinary addresses. Behind the token stand keys of rows:
which of them may be seen, and the entry in the log of use, is asked anew each time it is opened.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.utils.crypto import salted_hmac

from register.db import retry
from register.db.bulk import Keys
from register.exceptions import SearchExpired
from register.models import KeptResult

LASTS = timedelta(minutes=30)
# Keys of one search. Who finds more has asked for too much, and is told so.
MOST_KEYS = 10_000
# Searches of one session: the oldest make room, and Back to them says that they are over.
MOST_OF_SESSION = 30
LONGEST_TOKEN = 40  # characters: longer ones are not ours


def keep(found: Any, *, session: str, now: datetime) -> str:
    """Keep what was found, and return the token that opens it in this session, and no other.

    Args:
        found: keys of rows, or what else JSON holds and nobody typed.
        session: the key of the session.
    """
    token = secrets.token_urlsafe(16)
    retry.in_transaction(partial(_keep, found, token=token, session=session, now=now))
    return token


def opened(token: str, *, session: str, now: datetime) -> Any:
    """Return what was kept. SearchExpired after half an hour, and to any other session."""
    if len(token) > LONGEST_TOKEN:
        raise SearchExpired
    kept = KeptResult.objects.filter(
        token_hash=_hash("token", f"{session}:{token}"),
        session_hash=_hash("session", session),
        made_at__gt=now - LASTS,
        made_at__lte=now + LASTS,  # of the future is what was made before the clock went back
    )
    found = kept.values_list("keys", flat=True).first()
    if found is None:
        raise SearchExpired
    return found


def keys_of(rows: QuerySet[Any]) -> list[str]:
    """Return the keys of the first rows, to be kept: MOST_KEYS at most."""
    return [str(key) for key in rows.values_list("pk", flat=True)[:MOST_KEYS]]


def among(rows: QuerySet[Any], keys: Sequence[str]) -> QuerySet[Any]:
    """Return those of the rows that have one of the kept keys."""
    if isinstance(rows.model._meta.pk, UUIDField):
        return rows.filter(pk__in=Keys(UUID(key) for key in keys))
    return rows.filter(pk__in=keys)


def forget(*, now: datetime) -> int:
    """Delete what is over. Return how many rows there were."""
    return KeptResult.objects.filter(made_at__lte=now - LASTS).delete()[0]


def _keep(found: Any, *, token: str, session: str, now: datetime) -> None:
    forget(now=now)
    mine = KeptResult.objects.filter(session_hash=_hash("session", session))
    newest = mine.order_by("-made_at", "-pk").values_list("pk", flat=True)
    mine.filter(pk__in=list(newest[MOST_OF_SESSION - 1 :])).delete()
    KeptResult.objects.create(
        token_hash=_hash("token", f"{session}:{token}"),
        session_hash=_hash("session", session),
        keys=found,
        made_at=now,
    )


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"register.kept_results.{kind}", value, algorithm="sha256").hexdigest()
