"""A day in doubt: what a person is shown of it, answers, and what goes on then (C44)."""

from datetime import date, datetime

from django_q.tasks import async_task

from register.access.standing import Actor, User, effective_access
from register.domain.access_log import trusted_day
from register.domain.access_log.trusted_day import ASKED, Traces
from register.domain.erasure import ledger

# What waits while the day is in doubt, the first to erase.
WAITING = ("apply_retention", "publish_statistics", "export_billing")


def is_asked(*, by: User, today: date) -> bool:
    """Whether this person is asked: main user and data protection contact are."""
    who = effective_access(by, today=today)
    return who.may_enter and who.has(*ASKED)


def traces(*, by: User, today: date, now: datetime) -> Traces | None:
    """Return what the clock and the newest traces say while the day is in doubt, or None.

    To main user and data protection contact; to anybody else there is no doubt.
    """
    if not is_asked(by=by, today=today):
        return None
    found = trusted_day.traces(now=now, last_written=ledger.last_day())
    return found if found.doubt else None


def answer(*, is_right: bool, seen: str | None, by: Actor, today: date, now: datetime) -> None:
    """Say whether the day is right. When it is, what waited goes on at once.

    Args:
        seen: the sign of what the person saw; None when nobody saw anything.

    Raises NotAllowed, or Stale when the day is another one, or not in doubt any more.
    """
    verb = trusted_day.confirm if is_right else trusted_day.deny
    verb(by=by, today=today, now=now, seen=seen, last_written=ledger.last_day())
    if is_right:
        for task in WAITING:
            async_task(f"register.tasks.entry.{task}", group=task)
