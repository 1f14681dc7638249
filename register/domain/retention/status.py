"""Whether the retention run does its work: shown on the day, to those who can see to it (C44)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from register.access.gate import visible
from register.access.standing import User, effective_access
from register.domain.retention import due
from register.models import AccessLogEntry, ErasureList, Hold, RetentionRun
from register.models.access_log import Action
from register.models.staff import Role


def failed_run(*, by: User, today: date) -> RetentionRun | None:
    """Return the run of today or yesterday that ended with a failure and is not finished yet.

    To the main user and the data protection contact; to anybody else there is none.
    """
    if not _is_told(by, today=today):
        return None
    days = (today - timedelta(days=1), today)
    runs = RetentionRun.objects.filter(dry=False, today__range=days)
    latest = runs.order_by("-today", "-started_at").first()
    return latest if latest and latest.passes and latest.finished_at is None else None


def overdue_holds(*, by: User, today: date) -> int:
    """Return how many holds nobody reviewed in time, or name no ground (R06). They still hold.

    To the main user and the data protection contact; to anybody else there are none.
    """
    return Hold.objects.overdue(today).count() if _is_told(by, today=today) else 0


def holds_to_review(*, by: User, today: date) -> int:
    """Return how many holds are to be reviewed in the next thirty days (R06).

    To the data protection contact, who reviews them; to anybody else there are none.
    """
    who = effective_access(by, today=today)
    if not (who.has(Role.DATA_PROTECTION) and who.may_enter):
        return 0
    return Hold.objects.to_review(today).count()


def hastened(*, by: User, today: date) -> int:
    """Return how many changes of the last 31 days made something due for the very next run.

    To the data protection contact, who finds them in the log of use; to anybody else there are
    none.
    """
    who = effective_access(by, today=today)
    if not (who.has(Role.DATA_PROTECTION) and who.may_enter):
        return 0
    since = timezone.localtime() - timedelta(days=31)
    return AccessLogEntry.objects.filter(action=Action.HASTEN, at__gte=since).count()


def waiting_lists(*, by: User, today: date, now: datetime) -> list[ErasureList]:
    """Return the erasure lists whose moment is still to come, the next one first.

    To the main user and the data protection contact; to anybody else there are none.
    """
    lists = visible(ErasureList, to=by, today=today).filter(ErasureList.is_waiting.on(now))
    return list(lists.order_by("erases_at", "pk"))


def left_of_last_year(*, today: date, now: datetime, may_count: bool) -> int:
    """Return how many clients of last year are here though no hold keeps them (O4).

    As the year's last run has found them. After January it is those with whom the run failed.

    Args:
        may_count: whether they are counted in January when no run has finished, which takes a
            while in a big register.
    """
    runs = RetentionRun.objects.filter(dry=False, today__year=today.year, started_at__lte=now)
    last = runs.order_by("-started_at").first()
    if may_count and today.month == 1 and (last is None or last.is_unfinished):
        return due.count_left(today=today)
    if last is None:
        return 0
    waiting = last.clients_deferred + last.clients_waiting if today.month == 1 else 0
    return last.clients_failed + waiting


def _is_told(by: User, *, today: date) -> bool:
    who = effective_access(by, today=today)
    return who.has(Role.MAIN_USER, Role.DATA_PROTECTION) and who.may_enter
