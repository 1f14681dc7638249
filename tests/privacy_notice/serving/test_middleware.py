"""A stored page is sent as it was made, at once, and never after what it shows has changed."""

import gzip
from urllib.parse import urlsplit

import pytest
from wagtail.models import Site

from home.models import HomePage
from privacy_notice.models import Freshness, PrivacyNoticePage, StoredPage
from privacy_notice.serving import storing
from register.models import Controller
from tests.notices import publish_notice

pytestmark = pytest.mark.usefixtures("site_content")
PATH = "/tietosuojaseloste/"


@pytest.fixture
def stored(client):
    """The answer that was stored."""
    return client.get(PATH)


def test_one_query_answers(client, stored, django_assert_num_queries):
    with django_assert_num_queries(1):
        again = client.get(PATH)
    assert again.content == stored.content
    assert again.headers.items() == stored.headers.items()


def test_the_home_page_is_stored_as_well(client, django_assert_num_queries):
    first = client.get("/")
    with django_assert_num_queries(1):
        again = client.get("/")
    assert again.content == first.content
    assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_a_preview_is_of_the_draft_whatever_is_stored(client, stored):
    page = PrivacyNoticePage.objects.get()
    StoredPage.objects.update(host=urlsplit(page.full_url).netloc)
    page.title = "Luonnoksen otsikko"
    assert "Luonnoksen otsikko" in page.make_preview_request().content.decode()


def test_a_publication_makes_the_page_for_its_first_reader(
    client, django_capture_on_commit_callbacks, django_assert_num_queries
):
    with django_capture_on_commit_callbacks(execute=True):
        publish_new_title()
    page = PrivacyNoticePage.objects.get()
    host = urlsplit(page.full_url).netloc
    client.get("/palaute/")  # which looks whether there is a standstill
    with django_assert_num_queries(1):
        first = client.get(PATH, headers={"host": host})
    assert "Uusi otsikko" in first.content.decode()


def test_a_page_that_cannot_be_stored_holds_up_no_publication(
    client, django_capture_on_commit_callbacks, monkeypatch
):
    def fail(address):
        raise RuntimeError

    monkeypatch.setattr("privacy_notice.versions.warming._ask_for", fail)
    with django_capture_on_commit_callbacks(execute=True):
        publish_new_title()
    assert "Uusi otsikko" in client.get(PATH).content.decode()


def test_it_is_packed_for_who_can_unpack_it(client, stored):
    packed = client.get(PATH, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == stored.content
    assert packed["ETag"] != stored["ETag"]
    assert packed["Vary"] == stored["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_who_has_it_is_told_so(client, stored, encoding):
    tag = client.get(PATH, headers={"accept-encoding": encoding})["ETag"]
    headers = {"if-none-match": tag, "accept-encoding": encoding}
    again = client.get(PATH, headers=headers)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert "max-age=0" in again["Cache-Control"]


def test_a_proxy_may_keep_it_and_asks_first(stored):
    assert stored["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert stored["Content-Language"] == "fi"
    assert "Accept-Language" not in stored["Vary"]
    assert not stored.cookies


def test_head_has_the_headers_of_get(client, stored):
    head = client.head(PATH)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == stored["ETag"]


@pytest.mark.parametrize("path", [PATH, "/"])
def test_head_that_comes_first_has_them_as_well(client, path):
    head = client.head(path)
    assert head.content == b""
    assert head["ETag"] == client.get(path)["ETag"]


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"]
)
def test_it_has_the_headers_of_every_other_page(client, stored, header):
    assert stored[header] == client.get("/palaute/")[header]


def publish_new_title():
    publish_notice(PrivacyNoticePage.objects.get(), title="Uusi otsikko")


def rename_site():
    site = Site.objects.get()
    site.site_name = "Uusi nimi"
    site.save()


def publish_other_page():
    page = PrivacyNoticePage.objects.get().get_siblings(inclusive=False).get().specific
    page.title = "Uusi palautesivu"
    page.save_revision().publish()


def change_the_company():
    controller = Controller.objects.get()
    controller.name = "Uusi Oy"
    controller.save()


def take_from_the_navigation():
    page = PrivacyNoticePage.objects.get()
    publish_notice(page, show_in_menus=False)


def publish_new_home():
    home = HomePage.objects.get()
    home.lead = "Uusi johdanto"
    home.save_revision().publish()


HOME_CHANGES = [
    rename_site,
    publish_other_page,
    change_the_company,
    take_from_the_navigation,
    publish_new_home,
]


@pytest.mark.parametrize("change", HOME_CHANGES)
def test_the_home_page_is_never_older_than_what_it_shows(client, change):
    before = client.get("/")
    change()
    again = client.get("/")
    assert again["ETag"] != before["ETag"]
    assert ("Uusi" in again.content.decode()) == (change is not take_from_the_navigation)


@pytest.mark.parametrize("change", [publish_new_title, rename_site, publish_other_page])
def test_the_first_request_after_a_change_sees_it(client, stored, change):
    change()
    again = client.get(PATH)
    assert "Uusi" in again.content.decode()
    assert again["ETag"] != stored["ETag"]


def test_another_deployment_renders_it_anew(client, stored, monkeypatch):
    StoredPage.objects.update(plain=b"old")
    assert client.get(PATH).content == b"old"
    monkeypatch.setattr("privacy_notice.serving.shell.fingerprint", lambda: "another")
    assert client.get(PATH).content == stored.content


def test_what_was_made_before_a_publication_and_stored_after_it_is_not_sent(client, stored):
    """As by a process that was slow: the number was raised between its reading and its storing."""
    late = {"number": Freshness.objects.number(), "language": "fi", "content_type": "text/plain"}
    publish_new_title()
    storing.store(host="testserver", path=PATH, content=b"old", packed=False, **late)
    assert "Uusi otsikko" in client.get(PATH).content.decode()


def test_preview_and_other_pages_are_not_stored(client, stored, admin_client):
    for path in ("/palaute/", "/ei-ole/"):
        client.get(path)
    page = PrivacyNoticePage.objects.get()
    page.make_preview_request()
    assert [each.path for each in StoredPage.objects.all()] == [PATH]


def test_a_host_that_is_not_ours_gets_nothing(client, stored, settings):
    settings.ALLOWED_HOSTS = ["register.example.org"]
    assert client.get(PATH, headers={"host": "evil.example.org"}).status_code == 400
