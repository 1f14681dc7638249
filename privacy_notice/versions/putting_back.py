"""In an emergency the previous version is put back, text and facts, at once (C01)."""

from datetime import datetime

from django.db import transaction

from privacy_notice.guarding.approvers import restores
from privacy_notice.models import Approval, NoticeVersion, PrivacyNoticePage
from privacy_notice.models.told_today import facts_today, fingerprint
from privacy_notice.versions.differing import give_text
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import add
from register.exceptions import NotAllowed, Stale
from register.reference.clock import local


def previous(page: PrivacyNoticePage) -> NoticeVersion | None:
    """Return the version before the one in force that was not withdrawn; None without one."""
    current = NoticeVersion.objects.current(page)
    if current is None:
        return None
    earlier = NoticeVersion.objects.of(page).filter(number__lt=current.number, withdrawal=None)
    return earlier.select_related("contact").order_by("-number").first()


def put_back(
    page: PrivacyNoticePage, *, seen: int, reason: str, by: User, now: datetime
) -> Approval:
    """Publish the previous version anew, as the next one: what was published is never changed.

    A draft stays in the page's history. What is said of the contact person is today's, where the
    one of then is in no version any more.

    Args:
        seen: the number of the version that the person wants back.

    Raises NotAllowed, Stale when another version is the previous one meanwhile, ValidationError.
    """
    today = local(now).date()
    with transaction.atomic(), looking_anew():
        if not restores(by, today=today):
            raise NotAllowed
        page = PrivacyNoticePage.objects.select_for_update().get(pk=page.pk)
        version = previous(page)
        if version is None or version.number != seen:
            raise Stale(page._meta.label, page.pk)
        draft = give_text(page, version)
        draft.go_live_at = None
        revision = draft.save_revision(user=by, log_action="wagtail.revert")
        approval = Approval(
            page=page,
            revision=revision,
            restores=version,
            approved_on=today,
            approved_by_id=by.pk,
            reason=reason,
            facts=fingerprint(facts_today(page)),
        )
        add(approval, by=by, today=today, view="put_notice_back")
        revision.publish(user=by)
    return approval
