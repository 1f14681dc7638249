"""Entry points of django-q2: no personal argument, counts as results, work in slices.

Each task asks for its own period, counted from today in Helsinki, so that one which runs late,
twice, or at once after a restored backup does what the day asks for and no more.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.tasks import async_task

from register.access.standing import SYSTEM
from register.conf import register_settings
from register.db import retry
from register.domain import statistics
from register.domain.access_log import log_ins, sealing, settings_changed, trusted_day
from register.domain.billing import exporting
from register.domain.erasure import accounts, engine, ledger, log_of_use
from register.domain.notices import publication
from register.domain.operations import (
    derived_keys,
    heartbeat,
    log_summary,
    remainder,
    scheduled_publishing,
    sealed_log,
    tidying,
)
from register.domain.operations.backups import kept
from register.domain.retention import forecast, runs, telling
from register.domain.staff import reminding, warning
from register.exceptions import DayInDoubt
from register.models import ExportBatch
from register.reference import clock
from register.tasks.guard import guarded, harmless_when_restored


@guarded
@harmless_when_restored
def beat() -> dict[str, int]:
    """Give the sign of life that `healthz` and the supervisor look for."""
    heartbeat.beat(now=timezone.now())
    return {"beats": 1}


@guarded
def apply_retention() -> dict[str, int]:
    """Do a slice of today's retention run (C44); most nights nothing is due.

    While the day is in doubt, the run waits and says so.
    """
    today, now = clock.today(), timezone.now()
    try:
        run = runs.apply(today=today, now=now, until=_end_of_slice())
    except DayInDoubt:
        runs.wait(today=today, now=now)
        raise
    if run.is_unfinished and run.passes < runs.PASSES:
        _requeue("apply_retention")
    # The last client who was still to be told of a change may have been erased.
    publication.finish(today=today)
    return {"clients": run.clients_erased, "orders": run.orders_erased}


@guarded
def go_on_with_retention() -> dict[str, int]:
    """Run again today when a list has come into force since, and send mails that could not be."""
    today, now = clock.today(), timezone.now()
    called = runs.is_called_for(today=today, now=now)
    if called:
        _requeue("apply_retention")
    return {"runs": int(called), "mails": telling.tell_of_lists(now=now)}


@guarded
def freeze_forecast() -> dict[str, int]:
    """On 31 December: freeze who is due in January, so that nobody is erased by surprise (R14)."""
    today, now = clock.today(), timezone.now()
    if not forecast.is_day(today):
        return {"mails": 0}
    trusted_day.require(last_written=ledger.last_day())
    if not forecast.freeze(year=today.year + 1, now=now, until=_end_of_slice()):
        _requeue("freeze_forecast")
    return {"mails": telling.tell_of_lists(now=now)}


@guarded
def tell_remainder() -> dict[str, int]:
    """On 31 January: say by e-mail what is still to be erased, once (O4)."""
    return {"mails": remainder.tell(today=clock.today(), now=timezone.now())}


@guarded
def remind_of_changes() -> dict[str, int]:
    """Say by e-mail how many changes of access wait for whom (C33, C35)."""
    return {"mails": reminding.remind(today=clock.today())}


@guarded
def export_billing() -> dict[str, int]:
    """Do a slice of this week's billing export (C24), unless it has been made."""
    today = clock.today()
    if not billing_is_due(today):
        return {"rows": 0}
    batch = exporting.export(today=today, by=SYSTEM, until=_end_of_slice())
    if batch is None:
        return {"rows": 0}
    if batch.is_being_made:
        _requeue("export_billing")
    return {"rows": batch.row_count}


def billing_is_due(today: date) -> bool:
    """Whether a batch is unfinished, or no scheduled one has been made since Monday.

    Looked at daily, so that a Monday on which the machine was off is made up for.
    """
    monday = today - timedelta(days=today.weekday())
    scheduled = ExportBatch.objects.filter(made_by=None, made_on__gte=monday)
    return ExportBatch.objects.being_made().exists() or not scheduled.made().exists()


@guarded
def warn_of_trainings() -> dict[str, int]:
    """Warn before a training ends and when it is over, each person once (C31)."""
    return {"mails": warning.warn(now=timezone.now())}


@guarded
def publish_statistics() -> dict[str, int]:
    """Publish last year's anonymous counts when their day has come (C46)."""
    trusted_day.require()
    return {"cells": statistics.publish(today=clock.today())}


@guarded
def publish_scheduled() -> dict[str, int]:
    """Publish and unpublish the pages whose moment has come, as their editors scheduled it."""
    return scheduled_publishing.publish_due(now=timezone.now())


@guarded
def mend_keys(*place: str) -> dict[str, int]:
    """Do a slice of making the keys anew that searching and ordering go by.

    Args:
        place: the model and the key of the row after which this slice begins.
    """
    start = derived_keys.Place(*place) if place else None
    done, rest = derived_keys.mend(place=start, until=_end_of_slice())
    if rest:
        _requeue("mend_keys", rest.model, rest.after)
    return {"rows": sum(done.values())}


@guarded
def seal_log() -> dict[str, int]:
    """Tell of failed log-ins and changed settings, and seal what was written since (C38)."""
    settings_changed.note(today=clock.today())
    told = log_ins.tell_failed(now=timezone.now())
    return {"told": told, "rows": sealing.seal_rows(now=timezone.now, until=_end_of_slice())}


@guarded
def verify_log(*place: int) -> dict[str, int]:
    """Do a slice of the nightly look whether the log of use is as it was sealed (C38).

    Args:
        place: the seal after which this slice begins.
    """
    after = place[0] if place else 0
    walk = sealed_log.go_through(after=after, now=timezone.now(), until=_end_of_slice())
    if walk.go_on_after:
        _requeue("verify_log", walk.go_on_after)
    return {"seals": walk.seals, "rows": walk.rows}


@guarded
def erase_old_log() -> dict[str, int]:
    """Do a slice of erasing what the owner's period for the log of use is over for (O8)."""
    rows = log_of_use.erase_outlived(today=clock.today(), now=timezone.now, until=_end_of_slice())
    return {"rows": rows}


@guarded
def tell_of_log() -> dict[str, int]:
    """On Monday: tell the data protection contacts what was unusual in the log of use (C38)."""
    return {"mails": log_summary.tell(today=clock.today())}


@guarded
def watch_promises() -> dict[str, int]:
    """Look whether the promises of the privacy notice are kept, where the project has one."""
    if not register_settings.WATCH_PROMISES:
        return {"promises": 0}
    watch: Callable[..., dict[str, int]] = import_string(register_settings.WATCH_PROMISES)
    return watch(now=timezone.now())


@guarded
def erase_outlived() -> dict[str, int]:
    """Erase what has a period of its own that is over, and what is left of closed accounts (O8).

    While the day is in doubt, it waits.
    """
    trusted_day.require(last_written=ledger.last_day())
    today = clock.today()
    rows = retry.in_transaction(partial(engine.erase_outlived, today=today))
    return {"rows": rows, "accounts": accounts.erase_closed(today=today)}


@guarded
def tidy_up() -> dict[str, int]:
    """Forget old task results and ended sessions."""
    return {"rows": tidying.tidy_up(now=timezone.now())}


@guarded
def look_after_backups() -> dict[str, int]:
    """Remove backups that are too old, and measure the oldest one that is left (R13)."""
    now = timezone.now()
    removed, left = kept.remove_old(now=now), list(kept.kept())
    oldest = max((now - left[0]).days, 0) if left else 0
    return {"removed": removed, "left": len(left), "oldest_days": oldest}


def _end_of_slice() -> float:
    return time.monotonic() + register_settings.SLICE.total_seconds()


def _requeue(task: str, *place: str | int) -> None:
    """Queue the next slice. If the worker dies before, the queue hands this one out again."""
    async_task(f"{__name__}.{task}", *place, group=task)
