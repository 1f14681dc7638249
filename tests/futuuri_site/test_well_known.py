"""robots.txt, sitemap.xml, security.txt and the icon say what is so today."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from register.models import Controller

pytestmark = pytest.mark.usefixtures("site_content")


def fields(response):
    """The fields of a text of `Name: value` lines."""
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_security_txt_names_the_controllers_address_and_expires_within_a_year(client):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    found = fields(response)
    assert found["Contact"] == f"mailto:{Controller.objects.get().email}"
    assert found["Canonical"] == f"{settings.WAGTAILADMIN_BASE_URL}/.well-known/security.txt"
    assert found["Preferred-Languages"] == "fi, sv, en"
    left = datetime.fromisoformat(found["Expires"]) - timezone.now()
    assert timedelta(days=80) < left < timedelta(days=365)


def test_security_txt_follows_the_settings_and_is_none_without_an_address(client):
    Controller.objects.update(email="turva+%@example.org")
    assert fields(client.get("/.well-known/security.txt"))["Contact"] == (
        "mailto:turva+%25@example.org"
    )
    Controller.objects.update(email="")
    assert client.get("/.well-known/security.txt").status_code == 404


def test_robots_are_kept_from_the_staffs_pages_and_led_to_the_list(client):
    found = fields(client.get("/robots.txt"))
    assert found["Disallow"] == "/admin/"
    assert found["Sitemap"] == f"{settings.WAGTAILADMIN_BASE_URL}/sitemap.xml"


def test_the_list_holds_each_published_page_by_its_canonical_address(client):
    Page.objects.get(slug="palaute").unpublish()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    listed = {each.text for each in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    root = settings.WAGTAILADMIN_BASE_URL
    assert listed == {f"{root}/", f"{root}/tietosuojaseloste/"}
    for address in listed:
        html = client.get(address.removeprefix(root)).content.decode()
        assert f'<link rel="canonical" href="{address}">' in html


def test_the_icon_is_where_browsers_look_for_it(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 200
    assert b"".join(response).startswith(b"\0\0\1\0")


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt"])
def test_nothing_is_posted_to_them_and_nobody_gets_a_cookie(client, path):
    assert not client.get(path).cookies
    assert path == "/sitemap.xml" or client.post(path).status_code == 405
