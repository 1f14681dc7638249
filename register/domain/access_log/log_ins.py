"""Who logs in and out, and how often somebody failed to, in the log of use (C38).

A log-in that can't be written down does not happen: the signal's error stops it before the
session is saved. To log out is never refused. Failed log-ins are counted and written down as
counts, so that ten thousand of them make no ten thousand entries.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.db.models import F, Model
from django.http import HttpRequest
from django.utils import timezone

from register.access.login_names import stored_login_name
from register.access.standing import SYSTEM, Actor
from register.db import retry
from register.files.reasons import harmless
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, FailedLogIns, StaffMember
from register.models.access_log import Action
from register.reference.clock import local

from .recording import record

logger = logging.getLogger(__name__)

# For so long failed log-ins are counted before they are told.
COUNTED_FOR = timedelta(minutes=15)
# What a form may call the name that was typed.
NAMES = ("username", "login", "email")


def logged_in(sender: Any, user: Any, **kwargs: Any) -> None:
    """Receive Django's `user_logged_in`."""
    retry.in_transaction(partial(_record, Action.LOG_IN, by=user, account=user))


def logged_out(sender: Any, user: Any, **kwargs: Any) -> None:
    """Receive Django's `user_logged_out`; nobody logs out of a session that names nobody."""
    if user is None or user.pk is None:
        return
    try:
        retry.in_transaction(partial(_record, Action.LOG_OUT, by=user, account=user))
    except DatabaseError as error:
        # The session ends all the same: it is what could be misused.
        logger.error("A log-out could not be written to the log of use (%s).", harmless(error))


def failed(
    sender: Any, credentials: Mapping[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Receive Django's `user_login_failed`: count it, by the account that was meant."""
    typed = next((str(credentials[name]) for name in NAMES if credentials.get(name)), "")
    retry.in_transaction(partial(_count, typed, timezone.now()))


def tell_failed(*, now: datetime, waited: timedelta = COUNTED_FOR) -> int:
    """Write an entry with a count for each account whose first failure is so long ago.

    Returns how many entries were written.
    """
    due = FailedLogIns.objects.filter(since__lte=now - waited).values_list("pk", flat=True)
    return sum(retry.in_transaction(partial(_tell, key)) for key in list(due))


def _count(typed: str, now: datetime) -> None:
    users = get_user_model()._default_manager
    found = users.filter(username=stored_login_name(typed) or typed).values_list("pk", flat=True)
    account = found.first() or FailedLogIns.UNKNOWN
    row = FailedLogIns.objects.filter(account=account)
    if not row.update(count=F("count") + 1):
        start = {"since": now, "day": local(now).date()}
        FailedLogIns.objects.get_or_create(account=account, defaults=start)
        row.update(count=F("count") + 1)


def _tell(key: int) -> int:
    row = FailedLogIns.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return 0
    account = None
    if row.account != FailedLogIns.UNKNOWN:
        account = get_user_model()(pk=row.account)
    _record(Action.LOG_FAILED, by=SYSTEM, account=account, count=row.count)
    row.delete()
    return 1


def _record(action: Action, *, by: Actor, account: Any, count: int = 1) -> AccessLogEntry:
    """Write an entry about the staff member, or about a user who is none; None for unknown names.

    It is about the staff: no client is concerned.
    """
    member: Model | None = account and StaffMember.objects.filter(user=account.pk).first()
    named: list[Any] = [each for each in (member or account,) if each is not None]
    return record(
        by=by,
        action=action,
        purpose=Purpose.ADMINISTRATION,
        model=type(named[0]) if named else StaffMember,
        view=action.value,
        objects=named,
        count=count,
        details={} if named else {"unknown_names": True},
    )
