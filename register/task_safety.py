"""What every background task is wrapped in, so that it can be killed, fail and be kept on file.

django-q2 stores a failed task's exception text and traceback, and hands out a task that killed
its worker again and again. PostgreSQL writes the values of a row into its error texts. So a
failure leaves here as the name of its kind only, and attempts are counted before the work.
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

from .exceptions import TaskFailed

logger = logging.getLogger(__name__)

# The package that django-q2 is about to run in this worker process.
_running: dict[str, Any] = {}


@receiver(pre_execute, dispatch_uid="register.task_safety")
def note_running_task(task: dict[str, Any], **kwargs: Any) -> None:
    _running.clear()
    _running.update(task)


def careful(work: Callable[..., dict[str, int]]) -> Callable[..., dict[str, int]]:
    """Wrap a task: its arguments are ids, its result is counts, its failure is TaskFailed.

    TaskFailed names the kind of the error and has neither cause nor context. The place in the
    code goes to the log: neither holds a value.
    """

    @wraps(work)
    def run(*args: str | int) -> dict[str, int]:
        try:
            count_attempt()
            return work(*args)
        except TaskFailed as error:
            failure = str(error)
        except (Exception, TimeoutException) as error:
            failure = type(error).__name__
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("%s: %s in %s:%s", work.__name__, failure, place.name, place.lineno)
        # Outside the except block, so that the error is not even this one's context.
        raise TaskFailed(failure)

    return run


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
