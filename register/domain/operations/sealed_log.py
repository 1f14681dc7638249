"""Whether the log of use is sealed in time, and as it was sealed (C38)."""

import logging
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from register.domain.access_log import verifying
from register.domain.access_log.verifying import Walk
from register.domain.operations.finding import Finding, well_if
from register.domain.operations.nightly import A_NIGHT, since
from register.models import AccessLogEntry, Heartbeat

logger = logging.getLogger(__name__)

# The task comes every two minutes, and waits for every transaction that is open.
LONGEST_UNSEALED = timedelta(minutes=15)


def go_through(*, after: int, now: datetime, until: float) -> Walk:
    """Go through a part of the log, and note what is wrong, or that the end was reached."""
    walk = verifying.verify(after=after, until=until)
    if walk.problem:
        logger.error("The log of use is not as it was sealed: %s.", walk.problem.code)
        _note(walk.problem.code, now)
    elif not walk.go_on_after:
        _note("", now)
    return walk


def look(now: datetime) -> Finding:
    """The last look at the log found nothing, and was no longer ago than last night."""
    row = Heartbeat.objects.first()
    past = since(row.log_verified_at if row else None, now)
    found = row.log_found if row else ""
    return Finding(
        well_if(not found and past <= A_NIGHT),
        round(past.total_seconds()),
        A_NIGHT.total_seconds(),
        _("The log of use is not as it was sealed: somebody may have changed it.")
        if found
        else _("The log of use has not been gone through since yesterday."),
        (found,) if found else (),
    )


def unsealed(now: datetime) -> Finding:
    """No entry waits for long for its seal: until it has one, a change would not show."""
    waiting = AccessLogEntry.objects.filter(seal=None).order_by("at")
    oldest = waiting.values_list("at", flat=True).first()
    past = now - oldest if oldest else timedelta()
    return Finding(
        well_if(past <= LONGEST_UNSEALED),
        round(past.total_seconds()),
        LONGEST_UNSEALED.total_seconds(),
        _("Entries of the log of use are not sealed: a change of them would not show."),
    )


def _note(found: str, now: datetime) -> None:
    defaults = {"log_found": found, "log_verified_at": now}
    Heartbeat.objects.update_or_create(
        pk=1, defaults=defaults, create_defaults={**defaults, "beat_at": now}
    )
