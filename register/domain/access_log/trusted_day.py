"""Whether the clock can be trusted with what can't be undone (C44).

A clock that was 400 days ahead erased a thousand clients in a minute. So the day on which such
work is done is compared with the last one that was trusted, which goes on with the clock a few
days at a time, and with the newest moment in the log of use. In doubt everything waits for a
person, and is shown to those who can tell.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from register.access.standing import Actor, System, effective_access, looking_anew
from register.conf import register_settings
from register.domain.access_log.recording import record
from register.exceptions import DayInDoubt, NotAllowed, Stale
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Heartbeat
from register.models.access_log import Action
from register.models.staff import Role
from register.reference import clock

# Clocks of two machines differ by a little.
CLOCK_ERROR = timedelta(minutes=5)
# Who is asked whether the day is right.
ASKED = (Role.MAIN_USER, Role.DATA_PROTECTION)
EVER = datetime.min.replace(tzinfo=UTC)


class Doubt(StrEnum):
    """Why the clock is not trusted."""

    AHEAD = "ahead"
    BEHIND = "behind"


def doubt(*, now: datetime, last_written: date | None = None) -> Doubt | None:
    """Return why the clock is not trusted at this moment; None when it is.

    A register whose worker never ran has nothing to compare with, and nobody to erase either.

    Args:
        last_written: the newest day that was written down outside the database.
    """
    row = Heartbeat.objects.first()
    trusted_on = row.trusted_on if row else None
    if row is None or trusted_on is None:
        return None
    today = clock.local(now).date()
    if today - trusted_on > timedelta(days=register_settings.MOST_DAYS_AHEAD):
        return Doubt.AHEAD
    newest = _newest_entry()
    minded = newest if newest and newest > (row.disregarded_until or EVER) else None
    if minded and minded > now + CLOCK_ERROR:
        return Doubt.BEHIND
    if today < trusted_on or (last_written and today < last_written <= trusted_on):
        return Doubt.BEHIND
    return None


def require(*, last_written: date | None = None) -> None:
    """Raise DayInDoubt unless what can't be undone may be done now."""
    if found := doubt(now=timezone.now(), last_written=last_written):
        raise DayInDoubt(f"The clock is {found}: confirm the day (manage.py confirm_day).")


def go_on(*, now: datetime) -> None:
    """Let the trusted day go on with the clock, unless that is in doubt."""
    today = clock.local(now).date()
    rows = Heartbeat.objects.all()
    rows.filter(trusted_on=None).update(trusted_on=today)
    if doubt(now=now) is None:
        rows.filter(trusted_on__lt=today).update(trusted_on=today)


@dataclass(frozen=True, slots=True)
class Traces:
    """What the clock says, and what the newest traces of a day say.

    Attributes:
        doubt: why the clock is not trusted; None when it is.
        now: the moment by the clock.
        trusted_on: the last trusted day.
        newest_entry: the newest moment in the log of use, unless a person disregarded it.
        last_written: the newest day that was written down outside the database.
    """

    doubt: Doubt | None
    now: datetime
    trusted_on: date | None
    newest_entry: datetime | None
    last_written: date | None

    @property
    def sign(self) -> str:
        """What tells this state from another: an answer is about what the person saw."""
        return f"{self.doubt} {clock.local(self.now).date()} {self.trusted_on}"


def traces(*, now: datetime, last_written: date | None = None) -> Traces:
    """Return what a person needs to tell whether the day is right."""
    row, newest = Heartbeat.objects.first(), _newest_entry()
    disregarded = (row.disregarded_until if row else None) or EVER
    return Traces(
        doubt=doubt(now=now, last_written=last_written),
        now=now,
        trusted_on=row.trusted_on if row else None,
        newest_entry=newest if newest and newest > disregarded else None,
        last_written=last_written,
    )


def confirm(
    *,
    by: Actor,
    today: date,
    now: datetime,
    seen: str | None,
    last_written: date | None = None,
) -> None:
    """Trust the clock as it is now, whatever the log says of later moments.

    Args:
        seen: the sign of the traces that the person saw; None when nobody saw any.

    Raises NotAllowed to anyone but main user and data protection contact, Stale.
    """
    with _answering(by, today=today, now=now, seen=seen, last_written=last_written):
        Heartbeat.objects.update(trusted_on=today, disregarded_until=_newest_entry())
        _record(Action.CONFIRM, by=by, details={"trusted_on": str(today)})


def deny(
    *,
    by: Actor,
    today: date,
    now: datetime,
    seen: str | None,
    last_written: date | None = None,
) -> None:
    """Note that a person found the day not right: what can't be undone waits on.

    The arguments and errors are those of `confirm`.
    """
    with _answering(by, today=today, now=now, seen=seen, last_written=last_written):
        _record(Action.DENY, by=by, details={"day": str(today)})


@contextmanager
def _answering(
    by: Actor, *, today: date, now: datetime, seen: str | None, last_written: date | None
) -> Iterator[None]:
    """Ask the gate, lock the row, and compare it with what the person saw, in one transaction."""
    if not isinstance(by, System):
        with looking_anew():
            who = effective_access(by, today=today)
        if not (who.may_enter and who.has(*ASKED)):
            raise NotAllowed
    with transaction.atomic():
        row = Heartbeat.objects.select_for_update().first()
        if seen is not None and seen != traces(now=now, last_written=last_written).sign:
            raise Stale(Heartbeat._meta.label, row and row.pk)
        yield


def _record(action: Action, *, by: Actor, details: dict[str, str]) -> None:
    record(
        by=by,
        action=action,
        purpose=Purpose.RIGHTS,
        model=Heartbeat,
        view="trusted_day",
        objects=list(Heartbeat.objects.all()),
        count=1,
        details=details,
    )


def _newest_entry() -> datetime | None:
    return AccessLogEntry.objects.order_by("-at").values_list("at", flat=True).first()
