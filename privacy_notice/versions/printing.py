"""The version in force as a PDF: made once it is published, and never in the way of it (C01)."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from privacy_notice.models import Freshness, NoticePdf, NoticeVersion, PrivacyNoticePage
from privacy_notice.pdf import reading, typesetting
from register.text import days

logger = logging.getLogger(__name__)


def make(version: NoticeVersion) -> None:
    """Make the PDF of a version and store it, when it is still the one in force.

    Raises whatever the typesetter can't do.
    """
    content = pdf_of(version)
    with transaction.atomic():
        page = PrivacyNoticePage.objects.select_for_update().get(pk=version.page_id)
        current = NoticeVersion.objects.current(page)
        # Whom a version names that is no longer in force, no stored PDF may name.
        if current and (current.pk, current.contact_id) == (version.pk, version.contact_id):
            NoticePdf.objects.update_or_create(version=version, defaults={"content": content})
            Freshness.objects.raise_number()


def pdf_of(version: NoticeVersion) -> bytes:
    """Return the version as PDF/UA; the same version with the same contact is the same bytes."""
    page: Any = version.page
    # What is printed speaks on the day that stands on it.
    published = timezone.localtime(version.published_at).date()
    with translation.override(version.language):
        return typesetting.typeset(
            reading.read(
                version.shown(on=published), address=(page.full_url if page else None) or ""
            ),
            title=version.text["title"],
            language=version.language,
            day=published,
            footer=_("Version %(number)s, published on %(day)s.")
            % {"number": version.number, "day": days.written(published)},
            page=_("Page {page} of {pages}"),
        )


def try_to_make(version: NoticeVersion) -> bool:
    """Make the PDF of a version; what goes wrong is told of and done again at night.

    The notice is published all the same: its law doesn't ask for paper.
    """
    try:
        make(version)
    except Exception as error:
        # Its type alone: the error quotes the text, which names a person.
        logger.error("The PDF of version %s can't be made: %s", version.pk, type(error).__name__)
        return False
    return True


def without_pdf() -> list[NoticeVersion]:
    """Return the versions in force of which there is no PDF."""
    pages = PrivacyNoticePage.objects.live()
    current = [NoticeVersion.objects.current(page) for page in pages]
    return [
        version
        for version in current
        if version and not NoticePdf.objects.filter(version=version).exists()
    ]
