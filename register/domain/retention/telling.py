"""E-mails about what will be erased, to the main users and the data protection contact.

Counts and a link to the first screen, and nothing about anybody. A mail that can't be sent stops
nothing: it is tried again with the next run, and the home page says what it would have said.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.domain.staff import deputies, sending
from register.models import ErasureList
from register.models.retention import ErasureListQuerySet, ListKind
from register.models.staff import Role
from register.reference.clock import local

TOLD = (Role.MAIN_USER, Role.DATA_PROTECTION)
# A list that nobody was told of for so long is shown as a fault of the mail.
LATE = timedelta(hours=2)


def tell_of_lists(*, now: datetime) -> int:
    """Send a mail about each list that nobody was told of yet; return how many lists."""
    untold = list(untold_lists().order_by("erases_at", "pk"))
    done = 0
    for each in untold:
        if send(*words(each), today=local(now).date()):
            done += ErasureList.objects.filter(pk=each.pk).update(told_at=now)
    return done


def untold_lists() -> ErasureListQuerySet:
    """Return the lists that nobody was told of. Who made something due by an act has read so."""
    lists = ErasureList.objects.filter(told_at=None).exclude(frozen_at=None)
    return lists.exclude(kind=ListKind.ACT)


def words(about: ErasureList) -> tuple[str, str]:
    """Return subject and text of the mail about a list, in the language of the register."""
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "clients": about.clients,
            "orders": about.orders,
            "feedback": about.feedback,
            "vouchers": about.vouchers,
            "day": date_format(local(about.erases_at), "SHORT_DATE_FORMAT"),
            "time": date_format(local(about.erases_at), "TIME_FORMAT"),
        }
        counts = (
            _(
                "Clients: %(clients)d, service orders: %(orders)d, feedback: %(feedback)d, "
                "bookkeeping rows: %(vouchers)d."
            )
            % told
        )
        if about.kind == ListKind.BEYOND:
            subject = _("Client register: an erasure waits for your confirmation")
            text = (
                _(
                    "This fell due beyond the forecast of 31 December, so it waits until somebody "
                    "has looked. Confirm it on the first screen, or correct what is wrong. "
                    "Unconfirmed, it is erased on %(day)s: the privacy notice promises January."
                )
                % told
            )
        else:
            subject = _("Client register: what will be erased from %(day)s on") % told
            text = (
                _(
                    "This has fallen due and is erased from %(day)s at %(time)s on. Nobody needs "
                    "to do anything for that. What is not over yet has to be prolonged before."
                )
                % told
            )
        return subject, "\n\n".join([counts, text])


def send(
    subject: str,
    text: str,
    *,
    today: date,
    to: tuple[Role, ...] = TOLD,
    path: str = "",
) -> bool:
    """Send a text with a link to each who is told; return whether somebody was.

    Args:
        to: the roles of those who are told.
        path: where the link leads; by default to the first screen.
    """
    return sending.send(subject, sending.with_link(text, path), to=addresses(today=today, of=to))


def addresses(*, today: date, of: tuple[Role, ...] = TOLD) -> list[str]:
    """Return the addresses of those who are told, each once."""
    members = deputies.told(*of, today=today)
    return sorted({member.user.email for member in members} - {""})
