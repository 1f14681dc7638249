"""The notice's other forms have public addresses, stored and fresh like the page (C01)."""

import pytest

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.models import Controller
from tests.notices import publish_notice
from tests.privacy_notice.promises.world import sql

pytestmark = pytest.mark.usefixtures("site_content")
PAGE = "/tietosuojaseloste/"
TWIN = f"{PAGE}tiedot/"


def publish(title):
    publish_notice(PrivacyNoticePage.objects.get(), title=title)


@pytest.mark.parametrize("address", [TWIN, f"{PAGE}versiot/1/tiedot/"])
def test_the_twin_is_sent_as_it_was_stored(client, django_assert_num_queries, address):
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"] == "application/ld+json"
    unchanged = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_the_first_request_after_a_publication_gets_the_new_twin(client):
    client.get(TWIN)
    publish("Uusi otsikko")
    assert client.get(TWIN).json()["title"] == "Uusi otsikko"
    assert client.get(f"{PAGE}versiot/1/tiedot/").json()["title"] == "Tietosuojaseloste"


def test_page_and_version_lead_to_their_own_twin(client):
    publish("Uusi otsikko")
    for page, twin in ((PAGE, TWIN), (f"{PAGE}versiot/1/", f"{PAGE}versiot/1/tiedot/")):
        link = f'<link rel="alternate" type="application/ld+json" href="{twin}">'
        assert link in client.get(page).content.decode()


def test_a_former_contact_person_is_in_no_twin(client):
    name = Controller.objects.get().contact_name
    assert name in client.get(TWIN).content.decode()
    Controller.objects.update(contact_name="Uusi Henkilö", contact_email="uusi@example.org")
    publish("Uusi otsikko")
    assert "Uusi Henkilö" in client.get(TWIN).content.decode()
    former = client.get(f"{PAGE}versiot/1/tiedot/").content.decode()
    assert name not in former
    assert "Uusi Henkilö" not in former
    assert all(name not in str(each.twin) for each in NoticeVersion.objects.all())


def test_a_version_from_before_there_were_twins_has_one_of_its_own_facts(client):
    twin = client.get(f"{PAGE}versiot/1/tiedot/").json()
    sql("UPDATE privacy_notice_noticeversion SET twin = '{}'")
    Controller.objects.update(name="Toinen Oy")
    publish("Uusi otsikko")
    former = client.get(f"{PAGE}versiot/1/tiedot/").json()
    assert former["dpv:hasDataController"] == twin["dpv:hasDataController"]
    assert former["dpv:hasProcess"] == twin["dpv:hasProcess"]


@pytest.mark.parametrize("address", ["versiot/2/tiedot/", "versiot/0/tiedot/"])
def test_what_there_is_not_is_404(client, address):
    assert client.get(PAGE + address).status_code == 404
