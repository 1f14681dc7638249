"""The list of pages for who searches: each page in every language in which it is published."""

from collections import defaultdict
from typing import Any

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from futuuri_site.content.first import LANGUAGES


class SiteMap(Sitemap):
    """Wagtail's own knows the tree of the site's own language alone, and no translations."""

    def items(self) -> Any:
        root = self.get_wagtail_site().root_page
        found = Page.objects.none()
        for home in root.get_translations(inclusive=True):
            found |= Page.objects.descendant_of(home, inclusive=True)
        return found.live().public().order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Name with each page what says the same in other languages, its own included."""
        urls: list[dict[str, Any]] = super()._urls(page, protocol, domain)
        versions: dict[Any, dict[str, str]] = defaultdict(dict)
        pages = {each.get_full_url(self.request): each for each in self.items()}
        for address, each in pages.items():
            versions[each.translation_key][each.locale.language_code] = address
        for url in urls:
            url["alternates"] = alternates(versions[pages[url["location"]].translation_key])
        return urls


def alternates(addresses: dict[str, str]) -> list[dict[str, str]]:
    """Return the links of a page that is at these addresses, by language; none for one alone.

    "x-default" is for all other languages: the site's own, or the first that there is.
    """
    found = [(code, addresses[code]) for code in LANGUAGES if code in addresses]
    if len(found) < 2:
        return []
    return [
        {"lang_code": code, "location": address}
        for code, address in (*found, ("x-default", found[0][1]))
    ]
