"""Who may be one person: asked among one's own clients, told to the contact of all others."""

from datetime import date

import pytest

from register.domain.clients import duplicates
from register.models import AccessLogEntry, Client, LikelyDuplicate
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def counsellor():
    return staff(Role.COUNSELLOR)


@pytest.mark.parametrize("own", [True, False])
def test_only_own_clients_are_named(counsellor, own):
    client = ClientFactory(phone="+358401112222")
    other = ClientFactory(phone="+358401112222")
    if own:
        AssignmentFactory(user=counsellor, content_object=other)
    found = duplicates.own_duplicates(client=client, by=counsellor, today=TODAY)
    assert found == ([other] if own else [])
    assert AccessLogEntry.objects.count() == own


def test_the_others_are_reported_once(counsellor):
    client = ClientFactory(email="sama@example.org")
    AssignmentFactory(user=counsellor, content_object=client)
    other = ClientFactory(email="Sama@example.org", phone="")
    for found in (1, 0):
        reported = duplicates.report_duplicates(client=client, by=counsellor, today=TODAY)
        assert reported == found
    assert LikelyDuplicate.objects.get().other == other


def test_a_couple_with_other_facts_is_no_pair():
    client = ClientFactory(name="Sama Nimi", birth_year=1980, phone="")
    ClientFactory(name="Sama Nimi", birth_year=1950, phone="")
    assert not duplicates.alike(client).exists()


@pytest.mark.parametrize(
    "name",
    [
        "SAMA NIMI",
        "Nimi Sama",
        "Nimi, Sama",
        "NIMI, sama",
        "Sa\u0301ma Nimi",
        "Sama von Nimi",
        "Sama  Ni\u200bmi",
    ],
)
@pytest.mark.parametrize("years", [(1980, 1980), (None, 1980), (1980, None), (None, None)])
def test_a_name_is_the_same_however_it_is_written(name, years):
    client, other = (
        ClientFactory(name=each, birth_year=year, phone="")
        for each, year in zip(("Sama Nimi", name), years, strict=True)
    )
    assert list(duplicates.alike(client)) == [other]
    assert list(duplicates.alike(other)) == [client]


@pytest.mark.parametrize("name", ["Samå Nimi", "Sama Nimi Toinen", "Sama", "Nimisama"])
def test_another_name_is_another(name):
    client = ClientFactory(name="Sama Nimi", birth_year=None, phone="")
    ClientFactory(name=name, birth_year=None, phone="")
    assert not duplicates.alike(client).exists()


@pytest.mark.parametrize(
    ("email", "same"),
    [
        ("MAIJA-L@Example.org", True),
        ("maija-l@example.or\u200bg", True),
        ("aija-l@example.org", False),
        ("maija-l@example.orga", False),
        ("maija_l@example.org", False),
    ],
)
def test_an_address_is_the_same_as_a_whole(email, same):
    client = ClientFactory(email="maija-l@example.org", phone="")
    other = ClientFactory(email=email, phone="")
    assert list(duplicates.alike(client)) == ([other] if same else [])


def test_a_client_who_is_not_saved_yet_is_compared_too():
    other = ClientFactory(name="Åke Öhman", birth_year=None, phone="")
    typed = Client(name="ÖHMAN, A\u030aKE", email="x@example.com", birth_year=1980)
    assert list(duplicates.alike(typed)) == [other]
