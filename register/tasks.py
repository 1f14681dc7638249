"""Entry points of django-q2: no personal argument, counts as results, work in slices.

Each task asks for its own period, counted from today in Helsinki, so that one which runs late,
twice, or at once after a restored backup does what the day asks for and no more.
"""

import time
from datetime import date, timedelta

from django.utils import timezone
from django_q.tasks import async_task

from .conf import register_settings
from .domain import retention, statistics, worker
from .enums import BatchState
from .exporters import billing
from .models import ExportBatch
from .task_safety import careful


@careful
def beat() -> dict[str, int]:
    """Give the sign of life that `healthz` and the supervisor look for."""
    worker.beat(now=timezone.now())
    return {"beats": 1}


@careful
def apply_retention() -> dict[str, int]:
    """Do a slice of today's retention run (C44); most nights nothing is due."""
    run = retention.apply(today=timezone.localdate(), until=_end_of_slice())
    if run.finished_at is None:
        _go_on("apply_retention")
    return {"clients": run.clients_erased, "orders": run.orders_erased}


@careful
def export_billing() -> dict[str, int]:
    """Do a slice of this week's billing export (C24), unless it has been made."""
    today = timezone.localdate()
    if not billing_is_due(today):
        return {"rows": 0}
    batch = billing.export(today=today, until=_end_of_slice())
    if batch is None:
        return {"rows": 0}
    if batch.state == BatchState.OPEN:
        _go_on("export_billing")
    return {"rows": batch.row_count}


def billing_is_due(today: date) -> bool:
    """Whether a batch is unfinished, or no scheduled one has been made since Monday.

    Looked at daily, so that a Monday on which the machine was off is made up for.
    """
    monday = today - timedelta(days=today.weekday())
    scheduled = ExportBatch.objects.filter(made_by=None, made_on__gte=monday)
    return (
        ExportBatch.objects.filter(state=BatchState.OPEN).exists()
        or not scheduled.exclude(state=BatchState.OPEN).exists()
    )


@careful
def publish_statistics() -> dict[str, int]:
    """Publish last year's anonymous counts when their day has come (C46)."""
    return {"cells": statistics.publish(today=timezone.localdate())}


@careful
def tidy_up() -> dict[str, int]:
    """Forget old task results and ended sessions."""
    return {"rows": worker.tidy_up(now=timezone.now())}


def _end_of_slice() -> float:
    return time.monotonic() + register_settings.SLICE.total_seconds()


def _go_on(task: str) -> None:
    """Queue the next slice. If the worker dies before, the queue hands this one out again."""
    async_task(f"{__name__}.{task}", group=task)
