"""A translation of the notice that is older than its source, which the editor is told of (C01)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from wagtail.admin.panels import Panel

from privacy_notice.models.earlier_versions import ALL, COMPARISON
from privacy_notice.models.versions import NoticeVersion


@dataclass(frozen=True, kw_only=True, slots=True)
class Older:
    """A published translation whose source was published again later.

    Attributes:
        page: the translation.
        changes: the address at which what has changed in the source since is compared.
    """

    page: Any
    changes: str


def source_of(page: Any) -> Any:
    """Return the notice in the site's own language that the page translates; None of that one."""
    found = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE)
    return None if page.locale.language_code == settings.LANGUAGE_CODE else found.first()


def older(page: Any) -> Older | None:
    """Return that a translation is older than its source, by when each was last published."""
    source, own = source_of(page), NoticeVersion.objects.current(page)
    now = source and NoticeVersion.objects.current(source)
    if not own or not now or own.published_at >= now.published_at:
        return None
    translated = (
        NoticeVersion.objects.of(source)
        .filter(published_at__lte=own.published_at)
        .order_by("-number")
        .first()
    )
    with translation.override(source.locale.language_code):
        below = (
            source.reverse_subpage(COMPARISON, args=[translated.number, now.number])
            if translated
            else source.reverse_subpage(ALL)
        )
    return Older(page=page, changes=f"{source.url}{below}")


def all_older(source: Any) -> list[Older]:
    """Return the translations of a notice that are older than it."""
    found = source.get_translations().live().select_related("locale")
    return [late for each in found if (late := older(each))]


class OlderPanel(Panel):
    """What an editor reads of a translation that is older than its source, on either page."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "privacy_notice/admin/older_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.told())

        def told(self) -> list[Older]:
            own = older(self.instance)
            return [own] if own else all_older(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"older": self.told(), "page": self.instance}
