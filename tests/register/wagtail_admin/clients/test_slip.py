"""C01, C20, C44: the slip says what is held, who gets it, and this client's own day."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.inventory import inventory
from register.inventory.vocabulary import Recipient
from register.models import Client, NoticeGiven
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import AssignmentFactory, ClientFactory, ServiceOrderFactory, staff
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db
TODAY = today()
END = date(TODAY.year + 1, 6, 30)


@pytest.fixture
def version(site_content):
    page = PrivacyNoticePage.objects.filter(locale__language_code="fi").first()
    publish_notice(page)
    return NoticeVersion.objects.current(page).number


@pytest.fixture
def own(client, version):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    person = AssignmentFactory(user=user, content_object=ClientFactory()).content_object
    ServiceOrderFactory(client=person, starts_on=TODAY, planned_end=END)
    return person


def address(person):
    return reverse("asiakkaat_modeladmin_slip", args=[person.pk])


def sheet(client, person, **query):
    response = client.get(address(person), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(".register-sheet")


def words(node):
    return " ".join(node.get_text(" ").split())


@pytest.mark.parametrize(
    ("language", "title", "erased"),
    [
        ("fi", "Tietosi ja milloin ne poistetaan", "Poistetaan tammikuussa"),
        ("sv", "Dina uppgifter och när de raderas", "Raderas i januari"),
        ("en", "Your data, and when it is erased", "Erased in January"),
    ],
)
def test_it_is_in_the_language_that_was_chosen(client, own, language, title, erased):
    page = sheet(client, own, kieli=language)
    assert page["lang"] == language
    assert title in words(page)
    assert f"{erased} {END.year + 1}" in words(page)


def test_it_names_every_category_and_recipient_that_the_inventory_has(client, own, version):
    told = words(sheet(client, own)).casefold()
    for name in inventory[Client._meta.label].personal:
        assert str(Client._meta.get_field(name).verbose_name).casefold() in told or name == ""
    assert inventory.allow_list(Recipient.FINANCE_PROVIDER)
    assert str(Recipient.FINANCE_PROVIDER.label).casefold() in told
    assert f"versio {version}" in told


def test_handing_it_out_is_on_the_card(client, own, version):
    answer = client.post(address(own), {"version": version}, follow=True)
    row = NoticeGiven.objects.get(client=own)
    assert (row.notice_version, row.given_on) == (version, TODAY)
    told = words(BeautifulSoup(answer.content, "html.parser").select_one(".register-identity"))
    assert f"Sai tietosuojaselosteen version {version}" in told


@pytest.mark.parametrize("sent", ["", "x", "0", "999999999999", "-1"])
def test_what_is_no_version_marks_nothing(client, own, sent):
    assert client.post(address(own), {"version": sent}).status_code == 302
    assert not NoticeGiven.objects.exists()


def test_a_colleague_finds_and_marks_nothing(client, own, version):
    client.force_login(staff(Role.COUNSELLOR))
    assert client.get(address(own)).status_code == 404
    assert client.post(address(own), {"version": version}).status_code == 404
    assert not NoticeGiven.objects.exists()
