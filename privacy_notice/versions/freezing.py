"""A publication freezes text, facts and their rendering, and is what the public reads (C01)."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Site

from privacy_notice import rendering, slots
from privacy_notice.dpv.twin import twin
from privacy_notice.models import (
    Freshness,
    NoticePdf,
    NoticeVersion,
    PrivacyNoticePage,
    PublishedContact,
)
from privacy_notice.versions import printing
from register.models import Controller


def site_of(page: PrivacyNoticePage) -> Site:
    """Return the site under which the page is. Site.DoesNotExist while it is under none."""
    site = page.get_site()
    if site is None:
        raise Site.DoesNotExist
    return site


def facts_today(page: PrivacyNoticePage) -> dict[str, Any]:
    """Return what the facts blocks of the page would say, were it published now."""
    controller = Controller.for_site(site_of(page))
    return rendering.facts_of(controller, language=page.locale.language_code)


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


def freeze(page: PrivacyNoticePage) -> NoticeVersion:
    """Store the page as it is now as its next version, which the public reads from then on.

    A publication that changes nothing makes no version: the newest one is returned.
    Who published it stands in the page's own history.
    """
    with transaction.atomic():
        # One after the other: two publications at once have different numbers.
        page = PrivacyNoticePage.objects.select_for_update().get(pk=page.pk)
        language = page.locale.language_code
        told, text = facts_today(page), text_of(page)
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
        )
        _forget_former_contacts()
        NoticePdf.objects.filter(version__page=page).delete()
        # Apart from the publication, which nothing on paper may hold up.
        transaction.on_commit(partial(printing.try_to_make, version))
        Freshness.objects.raise_number()
    return version


def _forget_former_contacts() -> None:
    """Delete whom no current version names: in the older ones they are masked (C53)."""
    current = [NoticeVersion.objects.current(page) for page in PrivacyNoticePage.objects.all()]
    named = {version.contact_id for version in current if version and version.contact_id}
    PublishedContact.objects.exclude(pk__in=named).delete()
