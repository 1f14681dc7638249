"""A stored page is sent as it was made, at once, and never after what it shows has changed."""

import gzip

import pytest
from wagtail.models import Site

from privacy_notice.models import Freshness, PrivacyNoticePage, StoredPage
from privacy_notice.serving import storing
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


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"]
)
def test_it_has_the_headers_of_every_other_page(client, stored, header):
    assert stored[header] == client.get("/")[header]


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
    for path in ("/", "/palaute/", "/ei-ole/"):
        client.get(path)
    page = PrivacyNoticePage.objects.get()
    page.make_preview_request()
    assert [each.path for each in StoredPage.objects.all()] == [PATH]


def test_a_host_that_is_not_ours_gets_nothing(client, stored, settings):
    settings.ALLOWED_HOSTS = ["register.example.org"]
    assert client.get(PATH, headers={"host": "evil.example.org"}).status_code == 400
