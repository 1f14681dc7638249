"""A publication freezes text, facts and their rendering, and is what the public reads (C01)."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from privacy_notice import rendering, slots
from privacy_notice.dpv.twin import twin
from privacy_notice.guarding import current
from privacy_notice.models import (
    Approval,
    Freshness,
    NoticePdf,
    NoticeVersion,
    PrivacyNoticePage,
    PublishedContact,
)
from privacy_notice.models.earlier_versions import ALL, COMPARISON
from privacy_notice.models.told_today import facts_today, site_of
from privacy_notice.versions import printing
from register.domain.notices import publication
from register.reference import clock

__all__ = ["facts_today", "freeze", "site_of", "text_of", "twin_today"]


def text_of(page: PrivacyNoticePage) -> dict[str, Any]:
    """Return what the editors wrote and the public reads, as it is stored with a version."""
    sections: Any = page.sections
    return {
        "title": page.title,
        "intro": page.intro,
        "sections": sections.get_prep_value(),
        "reviewed_on": page.reviewed_on and page.reviewed_on.isoformat(),
    }


def twin_today(page: PrivacyNoticePage) -> dict[str, Any]:
    """Return the page for machines as it would be, were it published now."""
    return twin(facts_today(page), text_of(page), language=page.locale.language_code)


def freeze(page: PrivacyNoticePage, approval: Approval | None = None) -> NoticeVersion:
    """Store the page as it is now as its next version, which the public reads from then on.

    A publication that changes nothing makes no version: the newest one is returned.
    Who published it stands in the page's own history.

    Args:
        approval: gives the version its reason, and the facts where it puts a version back.
    """
    with transaction.atomic():
        # One after the other: two publications at once have different numbers.
        page = PrivacyNoticePage.objects.select_for_update().get(pk=page.pk)
        language = page.locale.language_code
        told, text = facts_for(page, approval), text_of(page)
        newest = NoticeVersion.objects.current(page)
        if newest and (newest.text, newest.told(), newest.language) == (text, told, language):
            return newest
        contact, _made = PublishedContact.objects.get_or_create(
            **{name: told["controller"][name] for name in slots.NAMES}
        )
        version = NoticeVersion.objects.create(
            page=page,
            number=(NoticeVersion.objects.of(page).aggregate(last=Max("number"))["last"] or 0) + 1,
            language=language,
            text=text,
            facts={**told, "controller": slots.emptied(told["controller"])},
            content=rendering.content(page, told, language=language),
            twin=twin(told, text, language=language),
            contact=contact,
            published_at=timezone.now(),
            reason=approval.reason if approval else "",
        )
        if approval:
            Approval.objects.filter(pk=approval.pk).update(notice_version=version)
            _take_note(page, version, approval, before=newest)
        _forget_former_contacts()
        NoticePdf.objects.filter(version__page=page).delete()
        # Apart from the publication, which nothing on paper may hold up.
        transaction.on_commit(partial(printing.try_to_make, version))
        Freshness.objects.raise_number()
    return version


def _take_note(
    page: PrivacyNoticePage,
    version: NoticeVersion,
    approval: Approval,
    *,
    before: NoticeVersion | None,
) -> None:
    """Begin what follows from a material change (C19). What is put back tells nothing new."""
    if approval.restores_id or not current.tells_clients(page):
        return
    with translation.override(version.language):
        changed = (
            page.reverse_subpage(COMPARISON, args=[before.number, version.number])
            if before
            else page.reverse_subpage(ALL)
        )
    publication.publish(
        version=version.number,
        material=approval.material,
        reason=approval.reason,
        address=f"{page.get_url() or '/'}{changed}",
        today=clock.local(version.published_at).date(),
    )


def facts_for(page: PrivacyNoticePage, approval: Approval | None) -> dict[str, Any]:
    """Return today's facts, or those of the version that is put back.

    A former contact person is in no version any more: the notice names who it is today.
    """
    told, version = facts_today(page), approval.restores if approval else None
    if version is None:
        return told
    today = {name: told["controller"][name] for name in slots.NAMES}
    contact = version.contact.values() if version.contact else today
    return {**version.facts, "controller": {**version.facts["controller"], **contact}}


def _forget_former_contacts() -> None:
    """Delete whom no current version names: in the older ones they are masked (C53)."""
    current = [NoticeVersion.objects.current(page) for page in PrivacyNoticePage.objects.all()]
    named = {version.contact_id for version in current if version and version.contact_id}
    PublishedContact.objects.exclude(pk__in=named).delete()
