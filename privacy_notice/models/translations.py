"""By its versions a notice says when its text was published, and what changed since (C01)."""

from datetime import datetime
from typing import Any

from django.utils import translation

from privacy_notice.models.earlier_versions import ALL, COMPARISON
from privacy_notice.models.versions import NoticeVersion
from register.wagtail_admin.translations import Translated


class TranslatedNotice(Translated):
    """A publication that changes nothing makes no version; what changed is public."""

    def text_published_at(self) -> datetime | None:
        version = NoticeVersion.objects.current(self)  # type: ignore[arg-type]
        return version.published_at if version else None

    def changes_since(self, moment: datetime) -> str:
        page: Any = self
        versions = NoticeVersion.objects.of(page).order_by("-number")
        then, now = versions.filter(published_at__lte=moment).first(), versions.first()
        with translation.override(page.locale.language_code):
            below = (
                page.reverse_subpage(COMPARISON, args=[then.number, now.number])
                if then and now
                else page.reverse_subpage(ALL)
            )
        return f"{page.url}{below}"
