"""E-mails that call editors and approvers to the notice: what is to be done, and a link.

Nothing personal is in them. One that can't be sent stops nothing.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy_notice.guarding.approvers import approves
from privacy_notice.models import About, PrivacyNoticePage, ToldOf
from register.domain.retention.telling import send
from register.models import StaffMember
from register.models.staff import Role
from register.reference.clock import today


def approvers(*, today: date) -> tuple[Role, ...]:
    """Return the role of those who approve on the day."""
    contacts = StaffMember.objects.able_to_log_in(today).holding(Role.DATA_PROTECTION)
    members = contacts.select_related("user")
    there_is_one = any(approves(member.user, today=today) for member in members)
    return (Role.DATA_PROTECTION,) if there_is_one else (Role.MAIN_USER,)


def call(
    subject: str, text: str, page: PrivacyNoticePage, *, today: date, editors: bool = True
) -> bool:
    """Send the text to whoever approves, and to the editors; return whether somebody got it."""
    to = (*approvers(today=today), *((Role.EDITOR,) if editors else ()))
    path = reverse("privacy_notice_approval", args=[page.pk])
    return send(subject, text, today=today, to=to, path=path)


def call_once(
    about: About, mark: str, subject: str, text: str, page: PrivacyNoticePage, *, today: date
) -> int:
    """Send it unless they were told of the same last; return 1 when it was sent."""
    if ToldOf.objects.filter(page=page, about=about, mark=mark).exists():
        return 0
    if not call(subject, text, page, today=today):
        return 0
    ToldOf.objects.update_or_create(page=page, about=about, defaults={"mark": mark})
    return 1


def submitted(*, instance: Any, user: Any = None, **kwargs: Any) -> None:
    """Tell who approves that an editor has submitted something. What nobody did, others tell."""
    page = instance.workflow_state.content_object
    page = PrivacyNoticePage.objects.filter(pk=page.pk).first() if page else None
    if page is None or user is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Privacy notice: a change waits for your approval")
        text = _("Look at what changes, and approve it or send it back.")
    call(subject, text, page, today=today(), editors=False)


def stopped(*, page: PrivacyNoticePage, **kwargs: Any) -> None:
    """Tell both that a scheduled publication did not happen."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Privacy notice: the scheduled publication was stopped")
        text = _(
            "It is not what somebody approved: a fact has changed since, or nobody approved it. "
            "Readers see the version that was in force. Look at what changes, and approve it."
        )
    call(subject, text, page, today=today())


def review_is_due(page: PrivacyNoticePage, *, due: date, today: date) -> int:
    """Tell both that the whole notice is to be read again; return 1 when it was told now."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Privacy notice: the yearly review is due")
        text = _(
            "The notice was to be read through again by %(day)s. Read it, correct what is not "
            "true any more, and note the day of the review in it."
        ) % {"day": date_format(due, "SHORT_DATE_FORMAT")}
    return call_once(About.REVIEW, due.isoformat(), subject, text, page, today=today)
