"""Carrying out what editors scheduled, each object by itself: one that fails stops no other.

Wagtail's own command, `publish_scheduled`, does the same in one loop, which ends at the first
object that fails.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def publish_due(*, now: datetime) -> dict[str, int]:
    """Unpublish what has expired and publish what was to go live by now; repeat it at any time.

    Returns how many objects were "unpublished", "published" or "failed". What failed is as it was,
    and is tried again the next time.
    """
    done = {"unpublished": 0, "published": 0, "failed": 0}
    for act in (*_expiring(now), *_going_live(now)):
        done[_try(*act)] += 1
    return done


Act = tuple[str, Model, Callable[[], Any]]


def _expiring(now: datetime) -> Iterator[Act]:
    for model in _schedulable():
        for row in list(model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")):
            act = partial(row.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
            yield "unpublished", row, act


def _going_live(now: datetime) -> Iterator[Act]:
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in list(due):
        act = partial(revision.publish, log_action="wagtail.publish.scheduled")
        yield "published", revision, act


def _schedulable() -> list[Any]:
    """Return Page, which stands for every kind of page, and what else has drafts."""
    others = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    return [Page, *(model for model in others if not issubclass(model, Page))]


def _try(outcome: str, row: Model, act: Callable[[], Any]) -> str:
    """Do one act in a transaction; log a failure by its kind, for its text can carry values."""
    try:
        with transaction.atomic():
            act()
    except Exception as error:
        logger.error(
            "%s %s was not %s (%s).", row._meta.label, row.pk, outcome, type(error).__name__
        )
        return "failed"
    return outcome
