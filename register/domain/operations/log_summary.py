"""What was unusual in the log of use in the week that is over, in plain counts (C38).

Sent on Monday to the data protection contacts who can log in, once the staff were heard about it
(Act 759/2004). It counts events and never people: nothing in it tells how, how long or how well
anybody works, and nobody is named. A quiet week is said as such.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import ExtractHour
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.retention.telling import send
from register.domain.staff.hearings import were_heard
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    Client,
    Heartbeat,
    Note,
    ServiceOrder,
    StaffMember,
)
from register.models.access_log import Action
from register.models.staff import Role

WEEK = timedelta(days=7)
# Hours of Helsinki in which nobody is expected to read.
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
# What a client's file is made of; to list who is to be told of a change is no look into it.
FILES_OF_CLIENTS = tuple(model._meta.label for model in (Client, ServiceOrder, Note))


@dataclass(frozen=True, slots=True)
class Summary:
    """How often each happened.

    Attributes:
        held: reads of clients by a data protection contact, whom only a hold opens.
        failed: failed log-ins.
        exports: lists exported, files made and fetched.
        roles: changes of roles.
        nightly: reads between ten in the evening and six in the morning.
    """

    held: int
    failed: int
    exports: int
    roles: int
    nightly: int

    @property
    def is_quiet(self) -> bool:
        return not any(astuple(self))


WORDS: dict[str, Promise] = {
    "held": gettext_lazy("Reads of clients other than one's own, whom a hold opens: %(count)d"),
    "failed": gettext_lazy("Failed log-ins: %(count)d"),
    "exports": gettext_lazy("Exports and fetched files: %(count)d"),
    "roles": gettext_lazy("Changes of roles: %(count)d"),
    "nightly": gettext_lazy("Reads between 22 and 6 o'clock: %(count)d"),
}


def summary(*, monday: date) -> Summary:
    """Return what happened in the seven days before the Monday."""
    end = timezone.make_aware(datetime.combine(monday, time.min))
    begin = timezone.make_aware(datetime.combine(monday - WEEK, time.min))
    entries = AccessLogEntry.objects.filter(at__gte=begin, at__lt=end).order_by()
    reads = entries.filter(action__in=(Action.LIST, Action.SEARCH, Action.VIEW, Action.HISTORY))
    of_people = reads.exclude(actor=None)
    of_clients = Exists(AccessLogSubject.objects.filter(entry=OuterRef("pk")))
    held = of_people.filter(of_clients, purpose=Purpose.RIGHTS, model__in=FILES_OF_CLIENTS)
    failed = entries.filter(action=Action.LOG_FAILED)
    exports = entries.filter(action__in=(Action.EXPORT, Action.DISCLOSE, Action.DOWNLOAD))
    hours = of_people.annotate(hour=ExtractHour("at", tzinfo=timezone.get_default_timezone()))
    night = Q(hour__gte=NIGHT_BEGINS) | Q(hour__lt=NIGHT_ENDS)
    return Summary(
        held=held.count(),
        failed=failed.aggregate(sum=Sum("count"))["sum"] or 0,
        exports=exports.count(),
        roles=entries.filter(model=StaffMember._meta.label, details__has_key="roles").count(),
        nightly=hours.filter(night).count(),
    )


def tell(*, today: date) -> int:
    """Send this week's summary, once; return how many were sent.

    Looked at daily, so that a Monday on which the machine was off is made up for. Before the
    staff were heard nothing is sent, nor counted.
    """
    monday = today - timedelta(days=today.weekday())
    if not may_watch_staff(today=today):
        return 0
    waiting = Heartbeat.objects.filter(Q(log_told_on=None) | Q(log_told_on__lt=monday))
    if not waiting.exists():
        return 0
    subject, text = words(summary(monday=monday), monday=monday)
    sent = send(subject, text, today=today, to=(Role.DATA_PROTECTION,))
    # What could not be sent is tried again the next morning.
    return waiting.update(log_told_on=monday) if sent else 0


def may_watch_staff(*, today: date) -> bool:
    """Whether what the staff do may be summed up: they were heard about it before."""
    return were_heard(today=today)


def words(week: Summary, *, monday: date) -> tuple[str, str]:
    """Return subject and text of the mail, in the language of the register."""
    with translation.override(settings.LANGUAGE_CODE):
        days = {
            "first": date_format(monday - WEEK, "SHORT_DATE_FORMAT"),
            "last": date_format(monday - timedelta(days=1), "SHORT_DATE_FORMAT"),
        }
        subject = _("Client register: the log of use from %(first)s to %(last)s") % days
        first = (
            _("A quiet week: nothing unusual is in the log of use.")
            if week.is_quiet
            else _("What is unusual in the log of use, in counts:")
        )
        last = _(
            "A count is no fault: look in the log where you don't know the reason. It tells of "
            "use, and must not be used to follow how anybody works."
        )
        return subject, "\n\n".join([first, "\n".join(lines(week)), last])


def lines(week: Summary) -> Iterator[str]:
    """Yield each count in words, those that are zero too."""
    for field in fields(week):
        yield str(WORDS[field.name] % {"count": getattr(week, field.name)})
