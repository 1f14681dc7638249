"""The wrapper of every background task: no failure tells a value, and none is repeated for ever.

django-q2 stores the text and the traceback of a failed task's exception, and PostgreSQL writes the
values of a row into its error texts: only the kind of an error is passed on from here. A task that
kills its worker is handed out again without end: attempts are counted before the work begins.
"""

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone
from django_q.conf import Conf
from django_q.exceptions import TimeoutException
from django_q.models import Task
from django_q.signals import pre_execute

from register.domain.access_log import restored
from register.exceptions import DayInDoubt, TaskFailed
from register.files.reasons import harmless

logger = logging.getLogger(__name__)

# The task that django-q2 is running in this worker process, in its own form.
_running: dict[str, Any] = {}


@receiver(pre_execute, dispatch_uid="register.task_safety")
def note_running_task(task: dict[str, Any], **kwargs: Any) -> None:
    _running.clear()
    _running.update(task)


def guarded(work: Callable[..., dict[str, int]]) -> Callable[..., dict[str, int]]:
    """Wrap a task: its arguments are ids, its result is counts, its failure is TaskFailed.

    A task that needs a day without doubt waits for it, and says so in its result.

    TaskFailed tells what is harmless of the error and has neither cause nor context, and the log
    names the place in the code: neither holds a value. On a restored database no task works
    (R15), except one that is marked as `harmless_when_restored`.
    """

    @wraps(work)
    def run(*args: str | int) -> dict[str, int]:
        try:
            count_attempt()
            if not getattr(work, "harmless_when_restored", False):
                restored.require()
            return work(*args)
        except DayInDoubt:
            # No failure: it waits until a person has looked, and the conditions say so.
            return {"waits": 1}
        except TaskFailed as error:
            failure = str(error)
        except (Exception, TimeoutException) as error:
            failure = harmless(error)
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("%s: %s in %s:%s", work.__name__, failure, place.name, place.lineno)
        # Not inside the except block: there Python would attach the error to this one.
        raise TaskFailed(failure)

    return run


def harmless_when_restored(work: Callable[..., dict[str, int]]) -> Callable[..., dict[str, int]]:
    """Mark a task that works on a restored database too, before `after_restore` has run."""
    work.harmless_when_restored = True  # type: ignore[attr-defined]
    return work


def count_attempt() -> None:
    """Count this attempt of the running task, committed before its work begins.

    The count is kept in the task's own result row, which shows the task as failed until it
    succeeds. Raises TaskFailed when `max_attempts` attempts have ended without any result.
    """
    package, now = dict(_running), timezone.now()
    _running.clear()
    if not package:
        return  # called directly, as the commands and tests do
    Task.objects.get_or_create(
        id=package["id"],
        defaults={
            "name": package["name"],
            "func": package["func"],
            "group": package.get("group"),
            "cluster": package.get("cluster"),
            "started": package["started"],
            "stopped": now,
            "success": False,
            "result": "Started.",
        },
    )
    row = Task.objects.filter(pk=package["id"])
    if row.filter(attempt_count__gte=Conf.MAX_ATTEMPTS).exists():
        raise TaskFailed("Stopped after too many attempts.")
    row.update(attempt_count=F("attempt_count") + 1, stopped=now)
