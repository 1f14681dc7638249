"""The background worker's sign of life."""

import logging
from datetime import datetime, timedelta

from register.conf import register_settings
from register.domain.access_log import restored, trusted_day
from register.files.reasons import harmless
from register.models import Heartbeat

SECOND = timedelta(seconds=1)

logger = logging.getLogger(__name__)


def beat(*, now: datetime) -> None:
    """Note that the worker has run a task, and let trusted day and counter go on."""
    Heartbeat.objects.update_or_create(pk=1, defaults={"beat_at": now})
    trusted_day.go_on(now=now)
    try:
        restored.go_on()
    except OSError as error:
        # The folder's own condition tells of it. The worker lives all the same.
        logger.error("The counter can't be written (%s).", harmless(error))


def silence(*, now: datetime) -> timedelta | None:
    """Return how long ago the worker last ran a task; None when it never did."""
    heartbeat = Heartbeat.objects.first()
    return now - heartbeat.beat_at if heartbeat else None


def is_alive(*, now: datetime) -> bool:
    """Whether the last sign of life is fresh enough (`HEARTBEAT_LIMIT`).

    One that lies ahead tells of a clock that was set back, not of a worker that lives.
    """
    quiet = silence(now=now)
    return quiet is not None and -SECOND <= quiet <= register_settings.HEARTBEAT_LIMIT
