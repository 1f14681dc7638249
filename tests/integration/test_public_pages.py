"""What holds for every public page: open to all, self-contained, no cookie, few queries."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from register.models import Controller

pytestmark = pytest.mark.usefixtures("site_content")
PAGES = ["/", "/tietosuojaseloste/", "/palaute/", "/palaute/?sent"]
READ_ONLY = ["/", "/tietosuojaseloste/", "/palaute/?sent"]
RESOURCE = re.compile(
    r'<(?:img|script|source|iframe|link(?! rel="(?:canonical|alternate)"))\b'
    r'[^>]*?(?:src|srcset|href)="([^"]*)"'
)


@pytest.mark.parametrize("path", PAGES)
def test_it_is_public_and_finnish(client, path):
    response = client.get(path, headers={"accept-language": "sv,en;q=0.5"})
    assert response.status_code == 200
    assert '<html lang="fi">' in response.content.decode()


@pytest.mark.parametrize("path", READ_ONLY)
def test_a_reader_gets_no_cookie(client, path):
    response = client.get(path)
    assert not response.cookies
    assert not response.has_header("Set-Cookie")


@pytest.mark.parametrize("path", PAGES)
def test_every_resource_is_the_sites_own_and_nothing_is_inline(client, path):
    html = client.get(path).content.decode()
    resources = RESOURCE.findall(html)
    assert resources
    assert all(address.startswith("/static/") for address in resources)
    assert "<script" not in html
    assert "<style" not in html
    assert not re.search(r"\s(?:style|on\w+)=", html)


@pytest.mark.parametrize("path", PAGES)
def test_the_strict_policy_holds(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("path", "limit"), [("/", 1), ("/tietosuojaseloste/", 1), ("/palaute/", 15)]
)
def test_a_page_costs_few_queries(client, path, limit):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    assert len(captured) <= limit, "\n".join(q["sql"][:150] for q in captured)


def test_the_number_of_queries_does_not_grow_with_the_pages(client, django_assert_num_queries):
    client.get("/palaute/")
    with CaptureQueriesContext(connection) as before:
        client.get("/palaute/")
    expected = len(before)
    home = Site.objects.get().root_page
    for number in range(20):
        home.add_child(instance=Page(title=f"Sivu {number}", show_in_menus=True))
    client.get("/palaute/")
    with django_assert_num_queries(expected):
        client.get("/palaute/")


@pytest.mark.parametrize(
    "name",
    ["400.html", "404.html", "403.html", "403_csrf.html", "413.html", "500.html", "503.html"],
)
def test_an_error_page_needs_no_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string(name)
    assert '<html lang="fi">' in html


NAVIGATION = re.compile(r'<li><a href="([^"]*)"[^>]*>([^<]*)</a></li>')


def test_a_missing_page_is_answered_in_the_sites_own_look_with_its_navigation(client):
    response = client.get("/eiole/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "error-page" in html
    assert NAVIGATION.findall(html) == NAVIGATION.findall(client.get("/").content.decode())
    assert Controller.objects.get().phone in html
    assert not response.cookies


def test_a_missing_page_follows_the_navigation(client):
    Page.objects.get(slug="palaute").unpublish()
    assert 'href="/palaute/"' not in client.get("/eiole/").content.decode()


def test_a_site_without_pages_answers_as_one_that_misses_one(client):
    Page.objects.update(live=False)  # or the notice's guards would refuse it
    Site.objects.all().delete()
    assert client.get("/").status_code == 404


def test_the_page_for_a_fault_leads_where_the_site_does_without_asking_it(client):
    links = NAVIGATION.findall(render_to_string("500.html"))
    assert links == NAVIGATION.findall(client.get("/").content.decode())
    assert len(links) == 2


def test_a_closed_service_leads_nowhere():
    assert not NAVIGATION.findall(render_to_string("503.html"))


@pytest.mark.parametrize("path", PAGES)
def test_what_others_show_of_a_page_is_its_own(client, path):
    html = client.get(path).content.decode()
    address = f"{settings.WAGTAILADMIN_BASE_URL}{path.removesuffix('?sent')}"
    shown = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]+)">', html))
    assert f'<link rel="canonical" href="{address}">' in html
    assert shown["url"] == address
    assert shown["locale"] == "fi_FI"
    assert shown["title"]
    assert shown["description"]
    assert finders.find(shown["image"].partition("/static/")[2])
    assert shown["image"].startswith(settings.WAGTAILADMIN_BASE_URL)


def test_what_is_missing_has_no_address_of_its_own(client):
    assert "canonical" not in client.get("/eiole/").content.decode()


def test_the_home_page_leads_to_the_notice_and_the_feedback(client):
    html = client.get("/").content.decode()
    assert 'href="/tietosuojaseloste/"' in html
    assert 'href="/palaute/"' in html
