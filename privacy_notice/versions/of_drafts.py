"""From Wagtail's own history to what was published: which version a draft became (C01, C39)."""

from typing import Any

from wagtail.models import Revision

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from privacy_notice.versions.freezing import text_of


def version_of(page: PrivacyNoticePage, revision: Revision) -> NoticeVersion | None:
    """Return the version that the draft became, or None where it became none.

    What the software published, as the first text, has no approval: it is known by its text.
    """
    versions = NoticeVersion.objects.of(page)
    approved = versions.filter(approval__revision=revision).first()
    if approved or revision.pk is None:
        return approved
    text: dict[str, Any] = text_of(revision.as_object())
    unapproved = versions.filter(approval=None, published_at__gte=revision.created_at)
    return next((each for each in unapproved if each.text == text), None)


def revision_named(page: PrivacyNoticePage, name: str) -> Revision | None:
    """Return the draft that an address of Wagtail's comparison names."""
    if name == "live":
        return page.live_revision
    if name == "latest":
        return page.get_latest_revision()
    drafts = page.revisions.order_by("created_at", "id")
    return drafts.first() if name == "earliest" else drafts.filter(pk=name).first()
