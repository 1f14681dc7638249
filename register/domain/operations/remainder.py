"""What January has left is told by e-mail, once (O4)."""

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from register.domain.access_log import trusted_day
from register.domain.erasure import ledger
from register.domain.operations import january
from register.domain.operations.finding import Level
from register.domain.retention import telling
from register.models import Heartbeat


def tell(*, today: date, now: datetime) -> int:
    """From 31 January on, say how many clients of last year are still here; return how many mails.

    It is said once a year. A mail that could not be sent is tried again the next day. Raises
    DayInDoubt: a wrong clock has no January.
    """
    trusted_day.require(last_written=ledger.last_day())
    with translation.override(settings.LANGUAGE_CODE):
        found = january.last_year(now)
        if found.level is not Level.WRONG or _is_told(today):
            return 0
        subject = _("Client register: not everything of last year is erased")
        advice = _(
            "The privacy notice promises that it is erased by the end of January. The first screen "
            "says what waits for a confirmation and what went wrong."
        )
    if not telling.send(subject, f"{found.told}\n\n{advice}", today=today):
        return 0
    Heartbeat.objects.update(remainder_told_on=today)
    return 1


def _is_told(today: date) -> bool:
    return Heartbeat.objects.filter(remainder_told_on__year=today.year).exists()
