"""E-mails before a training ends and when it is over: to the person, and to the main users (C31).

Each is sent once. One that could not be sent is tried again the next night, and the first screen
says meanwhile what it would have said.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.conf import NEVER, register_settings
from register.domain.staff import expiring
from register.domain.staff.deputies import holders
from register.domain.staff.expiring import Ending
from register.domain.staff.sending import send, with_link
from register.models import TrainingWarning
from register.models.staff import Role
from register.reference.clock import local


def warn(*, now: datetime) -> int:
    """Send the warnings that are due and were not sent; return how many mails."""
    endings = expiring.of_everybody(today=local(now).date())
    sent = sum(_warn_person(ending, now=now) for ending in endings)
    return sent + _tell_main_users(endings, now=now)


def _warn_person(ending: Ending, *, now: datetime) -> int:
    """Warn one person of one training; return how many mails that took."""
    # Whoever has no log-in reads no first screen and gets no mail: the main user tells them.
    user = ending.member.user
    to = [user.email] if user.is_active and user.email else []
    return _send_once([_row(ending)], "told_at", lambda _count: words(ending), to=to, now=now)


def _tell_main_users(endings: list[Ending], *, now: datetime) -> int:
    """Tell all main users in one mail how many warnings are new to them."""
    main_users = holders(Role.MAIN_USER, today=local(now).date())
    to = sorted({each.user.email for each in main_users} - {""})
    keys = [_row(ending) for ending in endings]
    return _send_once(keys, "main_users_told_at", words_for_main_users, to=to, now=now)


def _send_once(
    keys: list[int],
    mark: str,
    say: Callable[[int], tuple[str, str]],
    *,
    to: list[str],
    now: datetime,
) -> int:
    """Mark the rows that nobody was told of, and send; return how many mails that took.

    Of two runs at once, one marks a row and sends. No row is locked while a mail server answers.
    What can't be sent loses its mark again.
    """
    if not to:
        return 0
    rows = TrainingWarning.objects.filter(**{mark: None})
    marked = [key for key in keys if rows.filter(pk=key).update(**{mark: now})]
    if not marked:
        return 0
    sent = False
    try:
        subject, text = say(len(marked))
        sent = send(subject, with_link(text), to=to)
    finally:
        if not sent:
            TrainingWarning.objects.filter(pk__in=marked).update(**{mark: None})
    return len(to) if sent else 0


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
