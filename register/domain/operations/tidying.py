"""Forgetting old task results, ended sessions, what searches found, and whose bills were whose."""

from datetime import datetime, timedelta
from functools import partial

from django.contrib.sessions.models import Session
from django_q.models import Task

from register.access import attempts
from register.db import retry
from register.domain.billing import references
from register.domain.clients.importing import kept
from register.domain.operations import kept_results
from register.reference import clock

# django-q2 bounds its successes by itself, its failures never.
RESULTS_KEPT = timedelta(days=90)


def tidy_up(*, now: datetime) -> int:
    """Delete task results of more than 90 days ago, ended sessions, and kept results of searches.

    Lists of clients that were uploaded and left behind go too, and what lies beside the database
    about bills of erased orders. Returns how many there were, all together.
    """
    today = clock.local(now).date()
    old = Task.objects.filter(stopped__lt=now - RESULTS_KEPT)
    ended = Session.objects.filter(expire_date__lt=now)
    deleted = sum(retry.in_transaction(rows.delete)[0] for rows in (old, ended))
    deleted += retry.in_transaction(partial(attempts.forget, now=now))
    deleted += retry.in_transaction(partial(kept_results.forget, now=now))
    deleted += kept.erase_old(now=now)
    return deleted + references.forget(today=today)


def end_sessions() -> int:
    """End every session: all log in again. Return how many there were."""
    return retry.in_transaction(Session.objects.all().delete)[0]
