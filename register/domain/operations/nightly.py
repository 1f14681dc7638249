"""What is done each night was done, and the worker that does it is there."""

from datetime import datetime, timedelta

from django.db.migrations.recorder import MigrationRecorder
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_q.models import Task

from register.conf import register_settings
from register.domain.operations import heartbeat
from register.domain.operations.finding import Finding, Look, well_if
from register.models import RetentionRun

# A nightly task that has not succeeded since then missed a night, with two hours to spare.
A_NIGHT = timedelta(hours=26)
A_DAY = timedelta(hours=24)


def worker(now: datetime) -> Finding:
    """The background work gives signs of life, and none from a time to come."""
    silence = heartbeat.silence(now=now)
    return Finding(
        well_if(heartbeat.is_alive(now=now)),
        None if silence is None else round(silence.total_seconds(), 1),
        register_settings.HEARTBEAT_LIMIT.total_seconds(),
        _("The background work does not run: nothing is erased, billed or published."),
    )


def retention(now: datetime) -> Finding:
    """C44: the night's run has finished, and no later one has failed or waits for a person."""
    # What a clock that was ahead has left says nothing.
    runs = RetentionRun.objects.filter(dry=False, started_at__lte=now)
    latest = runs.order_by("-started_at").first()
    failed = latest is not None and latest.passes > 0 and latest.finished_at is None
    finished = runs.exclude(finished_at=None).order_by("-finished_at").first()
    past = since(finished.finished_at if finished else None, now)
    waits = latest is not None and latest.waits
    return Finding(
        well_if(past <= A_NIGHT and not failed and not waits),
        round(past.total_seconds()),
        A_NIGHT.total_seconds(),
        _("The retention run waits until somebody says whether the day is right.")
        if waits
        else _("The retention run has not finished. It is tried again each night."),
    )


def task(name: str, told: Promise) -> Look:
    """Return a look at the last success of a task of `register.tasks.entry`."""

    def look(now: datetime) -> Finding:
        done = Task.objects.filter(func=f"register.tasks.entry.{name}", success=True)
        past = since(done.order_by("-stopped").values_list("stopped", flat=True).first(), now)
        return Finding(
            well_if(past <= A_NIGHT),
            round(past.total_seconds()),
            A_NIGHT.total_seconds(),
            str(told),
        )

    return look


def failed_tasks(now: datetime) -> Finding:
    """No task has failed within a day. One that is running is stored as failed, as "Started."."""
    failed = Task.objects.filter(success=False, stopped__gte=now - A_DAY)
    count = failed.exclude(result="Started.").count()
    return Finding(
        well_if(count == 0), count, 0, _("Background tasks have failed within the last day.")
    )


def since(moment: datetime | None, now: datetime) -> timedelta:
    """Return how long ago something was done; where never, how long it could have been."""
    if moment is None:
        applied = MigrationRecorder.Migration.objects.filter(app="register").order_by("applied")
        moment = applied.values_list("applied", flat=True).first() or now
    return now - moment
