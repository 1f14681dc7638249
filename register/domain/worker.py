"""The background worker: its sign of life, and what happens when it gives none."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import OrmQ, Task

from register.conf import register_settings
from register.models import Heartbeat

# django-q2 bounds its successes by itself, its failures never.
RESULTS_KEPT = timedelta(days=90)


def beat(*, now: datetime) -> None:
    """Note that the worker has run a task."""
    Heartbeat.objects.update_or_create(pk=1, defaults={"beat_at": now})


def silence(*, now: datetime) -> timedelta | None:
    """Return how long ago the worker last ran a task; None when it never did."""
    heartbeat = Heartbeat.objects.first()
    return now - heartbeat.beat_at if heartbeat else None


def is_alive(*, now: datetime) -> bool:
    """Whether the last sign of life is fresh enough (`HEARTBEAT_LIMIT`)."""
    quiet = silence(now=now)
    return quiet is not None and quiet <= register_settings.HEARTBEAT_LIMIT


def release_tasks() -> int:
    """Free the tasks that a killed cluster had taken, and return their number.

    The queue would hand them out again only after `retry`. Call it only when no cluster runs on
    this database: whoever started the cluster knows.
    """
    return OrmQ.objects.filter(lock__gt=timezone.now()).update(lock=timezone.now())


def tidy_up(*, now: datetime) -> int:
    """Delete task results of more than 90 days ago and ended sessions; return their number."""
    results, _ = Task.objects.filter(stopped__lt=now - RESULTS_KEPT).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return results + sessions
