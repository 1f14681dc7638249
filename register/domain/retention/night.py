"""A retention run at work: what it goes by, and how each of its batches and steps is done."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F, QuerySet

from register.db import retry
from register.domain.retention import listed
from register.domain.retention.listed import Lists
from register.domain.retention.side_effects import SideEffects
from register.files.reasons import harmless
from register.models import RetentionRun
from register.reference.clock import local, moment

T = TypeVar("T")

logger = logging.getLogger(__name__)

# When the night's run begins, in Helsinki (O4).
STARTS_AT = time(0, 5)


@dataclass(frozen=True, slots=True)
class Night:
    """A run at work: its row, its moment, the lists, and what it does outside the database."""

    run: RetentionRun
    now: datetime
    lists: Lists
    side_effects: SideEffects

    def list_anew(self, rows: QuerySet[Any]) -> None:
        """Put what is due and stands on no list on the list of this run."""
        if listed.unlisted(rows, year=self.lists.year).exists():
            listed.put(rows, on=listed.list_of(self.run, lists=self.lists, now=self.now))


def night_of(run: RetentionRun, *, now: datetime, side_effects: SideEffects) -> Night:
    at = now if run.today <= local(now).date() else moment(run.today, STARTS_AT)
    return Night(run, now, listed.lists_for(today=run.today, now=now, at=at), side_effects)


def do_step(step: Callable[[Night], None], night: Night) -> None:
    """Do one step of the run. Its failure is logged and counted, and stops no other step."""
    try:
        step(night)
    except Exception as error:
        log_failure("step", error)
        RetentionRun.objects.filter(pk=night.run.pk).update(steps_failed=F("steps_failed") + 1)
        night.run.refresh_from_db()


def in_transaction(run: RetentionRun, work: Callable[[], T]) -> T:
    """Do the work and save the run's counts in one transaction; return what the work returns.

    A dry run rolls the work back and saves the counts alone. The run is locked and read anew
    first: the database may have given up a first try of this work, or another process may have
    gone on with the run.
    """

    def attempt() -> T:
        run.refresh_from_db(from_queryset=RetentionRun.objects.select_for_update())
        result = work()
        if run.dry:
            # Foreign keys are checked at a commit, which a dry run never comes to.
            connection.check_constraints()
            transaction.set_rollback(True)
        else:
            run.save()
        return result

    result = retry.in_transaction(attempt)
    if run.dry:
        run.save()
    return result


def log_failure(what: str, error: Exception) -> None:
    """Log what may be told of the error: its text can carry a row's values."""
    logger.error("A retention %s failed (%s).", what, harmless(error))
