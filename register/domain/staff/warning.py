"""E-mails before a training ends and when it is over: to the person, and to the main users (C31).

Each is sent once. One that could not be sent is tried again the next night, and the first screen
says meanwhile what it would have said.
"""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.conf import NEVER, register_settings
from register.domain.staff import accounts, expiring
from register.domain.staff.expiring import Ending
from register.files.reasons import harmless
from register.models import TrainingWarning
from register.reference.clock import local

logger = logging.getLogger(__name__)


def warn(*, now: datetime) -> int:
    """Send the warnings that are due and were not sent; return how many mails."""
    endings = expiring.of_everybody(today=local(now).date())
    sent = sum(_warn_person(ending, now=now) for ending in endings)
    return sent + _tell_main_users(endings, now=now)


def _warn_person(ending: Ending, *, now: datetime) -> int:
    """Warn one person of one training; return how many mails that took.

    The row is locked while the mail is sent: of two runs at once, one finds it marked.
    """
    with transaction.atomic():
        key = _row(ending)
        row = TrainingWarning.objects.select_for_update().get(pk=key)
        # Whoever has no log-in reads no first screen and gets no mail: the main user tells them.
        address = ending.member.user.email if ending.member.user.is_active else ""
        if row.told_at is not None or not address:
            return 0
        if not _send(*words(ending), to=[address]):
            return 0
        row.told_at = now
        row.save(update_fields=["told_at"])
    return 1


def _tell_main_users(endings: list[Ending], *, now: datetime) -> int:
    """Tell all main users in one mail how many warnings are new to them."""
    with transaction.atomic():
        keys = [_row(ending) for ending in endings]
        rows = TrainingWarning.objects.select_for_update().filter(pk__in=sorted(keys))
        new = [row.pk for row in rows.filter(main_users_told_at=None).order_by("pk")]
        today = local(now).date()
        to = sorted({each.user.email for each in accounts.main_users(today=today)} - {""})
        if not new or not to or not _send(*words_for_main_users(len(new)), to=to):
            return 0
        TrainingWarning.objects.filter(pk__in=new).update(main_users_told_at=now)
    return len(to)


def _row(ending: Ending) -> int:
    row, _made = TrainingWarning.objects.get_or_create(
        member=ending.member,
        training=ending.training,
        valid_until=ending.until,
        days=ending.stage,
    )
    return int(row.pk)


def words(ending: Ending) -> tuple[str, str]:
    """Return subject and text of the mail to the person, in the language of the register."""
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "training": ending.training.label,
            "day": date_format(ending.until, "SHORT_DATE_FORMAT"),
        }
        if not ending.is_over:
            text = _(
                "Your training is valid until %(day)s (%(training)s). Agree on a new one with the "
                "main user."
            )
            return _("Client register: your training ends on %(day)s") % told, text % told
        text = _("Your training ran out on %(day)s (%(training)s). It has to be renewed.") % told
        if register_settings.EXPIRED_TRAINING_LOCKS_AFTER != NEVER:
            text += " " + _("Until then the register is locked for you, or will be soon.")
        return _("Client register: your training has run out"), text


def words_for_main_users(count: int) -> tuple[str, str]:
    """Return subject and text of the mail to the main users: a count, and nobody's name."""
    with translation.override(settings.LANGUAGE_CODE):
        text = ngettext(
            "%(count)d training ends soon or has run out. The list of the staff says whose.",
            "%(count)d trainings end soon or have run out. The list of the staff says whose.",
            count,
        )
        return _("Client register: trainings of the staff"), text % {"count": count}


def _send(subject: str, text: str, *, to: list[str]) -> bool:
    """Send a text with a link to the first screen to each address by itself."""
    link = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('wagtailadmin_home')}"
    try:
        for address in to:
            EmailMessage(
                subject,
                f"{text}\n\n{link}\n",
                to=[address],
                headers={"Auto-Submitted": "auto-generated"},
            ).send()
    except (OSError, SMTPException) as error:
        logger.error("A mail to the staff could not be sent (%s).", harmless(error))
        return False
    return True
