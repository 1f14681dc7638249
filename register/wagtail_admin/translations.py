"""A translation that is older than its source, which the editors of both pages are told of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.models import PageLogEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Older:
    """A published translation whose source was published again later.

    Attributes:
        page: the translation.
        changes: the address at which what has changed in the source since is compared.
    """

    page: Any
    changes: str


class Translated:
    """What a page says of its own publications; a kind of page may know it better."""

    def text_published_at(self) -> datetime | None:
        """Return when what the public reads was published; None while it reads nothing."""
        page: Any = self
        return page.last_published_at if page.live else None

    def changes_since(self, moment: datetime) -> str:
        """Return the address that compares what was public at the moment with what is now."""
        page: Any = self
        published = PageLogEntry.objects.filter(
            page=page, action="wagtail.publish", timestamp__lte=moment, revision__isnull=False
        ).order_by("-timestamp")
        then = published.values_list("revision", flat=True).first() or "earliest"
        return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, then, "live"])


def source_of(page: Any) -> Any:
    """Return the page in the site's own language that this one translates; None of that one."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    found = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE)
    return found.specific().first()


def older(page: Any) -> Older | None:
    """Return that a translation is older than its source, by when each was last published."""
    source, own = source_of(page), page.text_published_at()
    now = source and source.text_published_at()
    if not own or not now or own >= now:
        return None
    return Older(page=page, changes=source.changes_since(own))


def all_older(source: Any) -> list[Older]:
    """Return the translations of a page that are older than it."""
    found = source.get_translations().live().select_related("locale")
    return [late for each in found if (late := older(each))]


class OlderPanel(Panel):
    """What an editor reads of a translation that is older than its source, on either page."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "register/admin/older_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.told())

        def told(self) -> list[Older]:
            own = older(self.instance)
            return [own] if own else all_older(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"older": self.told(), "page": self.instance}
