"""The list for who searches holds each page in every language in which it is published."""

from xml.etree import ElementTree

import pytest
from wagtail.models import Page

from futuuri_site.sitemap import alternates
from tests.integration.test_public_languages import ALTERNATE, EACH

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def listed(client):
    """The links of each address that the list holds, by language."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    return {
        url.findtext("map:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.iterfind("xhtml:link", NAMES)
        }
        for url in tree.iterfind("map:url", NAMES)
    }


@pytest.mark.usefixtures("every_language")
def test_it_says_of_each_page_what_the_page_says_of_itself(client, settings):
    found = listed(client)
    assert set(found) == {f"{settings.WAGTAILADMIN_BASE_URL}{path}" for path, _code in EACH}
    for address, links in found.items():
        path = address.removeprefix(settings.WAGTAILADMIN_BASE_URL)
        assert links == dict(ALTERNATE.findall(client.get(path).text))


@pytest.mark.usefixtures("every_language")
def test_a_translation_that_is_not_published_is_not_listed(client, settings):
    Page.objects.get(slug="respons").unpublish()
    found = listed(client)
    root = settings.WAGTAILADMIN_BASE_URL
    assert f"{root}/sv/respons/" not in found
    assert set(found[f"{root}/palaute/"]) == {"fi", "en", "x-default"}


@pytest.mark.usefixtures("site_content")
def test_a_page_in_one_language_has_no_links(client):
    assert not any(listed(client).values())


def test_other_languages_get_the_first_that_there_is():
    found = alternates({"en": "/en/", "sv": "/sv/"})
    assert [each["lang_code"] for each in found] == ["sv", "en", "x-default"]
    assert found[-1]["location"] == "/sv/"
