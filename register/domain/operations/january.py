"""What of last year is still there, and what of this January waits for a person (O4, R14)."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.domain.operations.finding import Finding, Level
from register.domain.retention import status, telling
from register.models import ErasureList
from register.reference import clock

WARNED_ON, LAST_DAY = 15, 31


def last_year(now: datetime) -> Finding:
    """O4: of last year something is still there. A warning from 15 January, wrong on the 31st."""
    today = clock.local(now).date()
    urgency = _urgency(today)
    left = status.left_of_last_year(today=today, now=now, may_count=urgency > Level.WELL)
    if today.month > 1:
        told = ngettext(
            "%(count)d client whose service ended last year could not be erased in January.",
            "%(count)d clients whose services ended last year could not be erased in January.",
            left,
        )
    else:
        told = ngettext(
            "%(count)d client whose service ended last year is still to be erased this month.",
            "%(count)d clients whose services ended last year are still to be erased this month.",
            left,
        )
    return Finding(urgency if left else Level.WELL, left, None, told % {"count": left})


def _urgency(today: date) -> Level:
    if today < date(today.year, 1, WARNED_ON):
        return Level.WELL
    return Level.WARNING if today < date(today.year, 1, LAST_DAY) else Level.WRONG


def unconfirmed(now: datetime) -> Finding:
    """R14: what fell due beyond the forecast has been confirmed. Else it waits until 31 January."""
    count = ErasureList.objects.unconfirmed(now).count()
    return Finding(
        Level.WARNING if count else Level.WELL,
        count,
        0,
        _("Something fell due beyond the forecast and waits until somebody confirms it."),
    )


def unsent_mails(now: datetime) -> Finding:
    """R14: who can look at an erasure list was told of it."""
    count = telling.untold_lists().filter(frozen_at__lt=now - telling.LATE).count()
    return Finding(
        Level.WARNING if count else Level.WELL,
        count,
        0,
        _(
            "An e-mail about what will be erased could not be sent. The erasure goes on without "
            "it: look at the erasure lists, and at the mail settings."
        ),
    )
