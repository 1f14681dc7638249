"""A version published by mistake is taken off the public list; why stands in its place (C01)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from privacy_notice.guarding.approvers import approves
from privacy_notice.models import Freshness, NoticeVersion, PrivacyNoticePage, Withdrawal
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import add
from register.exceptions import NotAllowed, Stale
from register.reference.clock import local

WITHDRAWN = "privacy_notice.withdrawn"


def withdraw(
    page: PrivacyNoticePage, *, number: int, reason: str, by: User, now: datetime
) -> Withdrawal:
    """Withdraw a version that is not in force. What it said stays stored, and is not shown.

    Raises NotAllowed to whoever is no approver; Stale for one that is withdrawn already, or that
    there is none of; ValidationError for the version in force.
    """
    today = local(now).date()
    with transaction.atomic(), looking_anew():
        if not approves(by, today=today):
            raise NotAllowed
        page = PrivacyNoticePage.objects.select_for_update().get(pk=page.pk)
        version = NoticeVersion.objects.of(page).filter(number=number, withdrawal=None).first()
        if version is None:
            raise Stale(NoticeVersion._meta.label, number)
        if version == NoticeVersion.objects.current(page):
            raise ValidationError(_("The version in force can't be withdrawn: publish another."))
        withdrawal = Withdrawal(notice_version=version, reason=reason, withdrawn_on=today)
        add(withdrawal, by=by, today=today, view="withdraw_version")
        log(instance=page, action=WITHDRAWN, user=by, data={"number": number})
        Freshness.objects.raise_number()
    return withdrawal
