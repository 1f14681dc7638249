"""Every version of the notice is public at an address of its own, as it was (C01, C39)."""

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from privacy_notice.models import NoticeVersion, PrivacyNoticePage, StoredPage
from register.models import Controller
from tests.notices import publish_notice

pytestmark = pytest.mark.usefixtures("site_content")
BASE = "/tietosuojaseloste/versiot/"


@pytest.fixture
def first_name():
    """Publish a second version, with another title and contact person; return the former one."""
    name = Controller.objects.get().contact_name
    Controller.objects.update(contact_name="Uusi Henkilö")
    publish_notice(PrivacyNoticePage.objects.get(), title="Uusi seloste")
    return name


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    # Without what the typesetting puts between letters and before units.
    return response.content.decode().replace("\u00ad", "").replace("\u00a0", " ")


def test_the_notice_tells_its_version_and_leads_to_all(client):
    notice = text(client, "/tietosuojaseloste/")
    assert "Versio 1, julkaistu" in notice
    assert f'href="{BASE}"' in notice


def test_the_list_leads_to_each_version_and_to_its_changes(client, first_name):
    listed = text(client, BASE)
    assert all(f'href="{BASE}{each}/"' in listed for each in ("1", "2", "1-2"))
    assert listed.index(f"{BASE}2/") < listed.index(f"{BASE}1/")
    assert "noindex" in listed


def test_a_version_is_as_it_was_but_for_the_former_contact(client, first_name):
    former = text(client, f"{BASE}1/")
    assert "<h1>Tietosuojaseloste</h1>" in former
    assert first_name not in former
    assert "entinen" in former
    assert "ei ole enää voimassa" in former
    assert "on voimassa" in text(client, f"{BASE}2/")


def test_a_former_version_says_since_when_the_changes_are(client, first_name):
    day = date_format(localtime(NoticeVersion.objects.get(number=1).published_at), "j.n.Y")
    assert f"Mitä on muuttunut version 1 (julkaistu {day}) jälkeen" in text(client, f"{BASE}1/")


def test_the_comparison_shows_what_changed_alone(client, first_name):
    compared = text(client, f"{BASE}1-2/")
    assert "<del>Tietosuojaseloste</del>" in compared
    assert "<ins>Uusi seloste</ins>" in compared
    assert first_name not in compared
    assert "Tietosuojavaltuutetun" not in compared


@pytest.mark.parametrize("address", ["3/", "0/", "2-1/", "1-1/", "1-3/", "x/"])
def test_what_there_is_not_is_404(client, first_name, address):
    assert client.get(BASE + address).status_code == 404


def test_they_are_stored_and_fresh_after_a_publication(
    client, first_name, django_assert_num_queries
):
    before = text(client, BASE)
    with django_assert_num_queries(1):
        assert text(client, BASE) == before
    publish_notice(PrivacyNoticePage.objects.get(), title="Kolmas")
    assert not StoredPage.objects.exists()
    assert f"{BASE}3/" in text(client, BASE)
