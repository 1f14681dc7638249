"""The list of clients to be told, and the mark on the client's card (C19)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from register.domain.notices import publication
from register.models import NoticeGiven
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
URL = "/admin/kerrottavat/"
DAY = date(2026, 3, 1)


@pytest.fixture
def aino(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    return user


@pytest.fixture
def own(aino):
    return [
        AssignmentFactory(user=aino, content_object=ClientFactory(name=name)).content_object
        for name in ("Testi Eka", "Testi Toka")
    ]


@pytest.fixture
def change(own):
    return publication.publish(
        version=2, material=True, reason="Uusi vastaanottaja", address="/x/1-2/", today=DAY
    )


def row(client):
    return NoticeGiven.objects.get(client=client)


def written(day):
    return f"{day.day}.{day.month}.{day.year}"


def test_it_says_what_changed_and_whom_to_tell(client, change):
    page = client.get(URL).content.decode()
    for expected in ("Uusi vastaanottaja", "/x/1-2/", "1.3.2026", "Testi Eka", written(today())):
        assert expected in page


def test_one_button_marks_those_who_are_ticked(client, own, change):
    posted = {"row": str(row(own[0]).pk), "given_on": "2.3.2026"}
    page = client.post(URL, posted, follow=True).content.decode()
    assert row(own[0]).given_on == date(2026, 3, 2)
    assert row(own[1]).given_on is None
    assert "Testi Eka" not in page


@pytest.mark.parametrize(
    "day", ["", "31.2.2027", "28.2.2026", lambda: written(today() + timedelta(days=1))]
)
def test_a_bad_day_loses_no_tick(client, own, change, day):
    day = day() if callable(day) else day
    page = client.post(URL, {"row": str(row(own[0]).pk), "given_on": day})
    assert page.status_code == 200
    assert page.content.decode().count(" checked") == 1
    assert f'value="{day}"' in page.content.decode() or not day
    assert "error-message" in page.content.decode()
    assert not NoticeGiven.objects.given().exists()


@pytest.mark.parametrize("rows", [[], ["x"], ["1"], ["\x00"]])
def test_without_a_client_nothing_is_marked(client, change, rows):
    page = client.post(URL, {"row": rows, "given_on": written(today())})
    assert page.status_code == 200
    assert "error-message" in page.content.decode()


def test_who_was_told_or_erased_meanwhile_is_said(client, own, change):
    posted = {"row": [str(row(own[0]).pk), str(uuid4())], "given_on": written(today())}
    client.post(URL, posted)
    page = client.post(URL, posted, follow=True).content.decode()
    assert "1 asiakkaalle oli kerrottu jo" in page
    assert "1 asiakas on poistettu" in page


def test_nobody_to_tell_is_said(client, aino):
    assert "Muutoksesta kerrottavia asiakkaita ei ole" in client.get(URL).content.decode()


def test_the_card_offers_the_mark_and_then_says_when(client, own, change):
    card = address(own[0], "inspect")
    page = client.get(card).content.decode()
    assert "versio 2" in page.lower() or "versiosta 2" in page
    posted = {"row": str(row(own[0]).pk), "given_on": written(today()), "client": own[0].pk}
    assert all(f'value="{value}"' in page for value in posted.values())
    answer = client.post(URL, posted)
    assert answer["Location"] == card
    page = client.get(card).content.decode()
    assert f"Kerrottu versiosta 2 {written(today())}" in page
    assert URL not in page


def test_the_first_screen_counts_and_leads_there(client, own, change):
    page = client.get("/admin/").content.decode()
    assert "2 asiakkaalle" in page
    assert reverse("register_to_be_told") == URL
    assert URL in page


def test_with_more_clients_than_a_page_shows_one_gets_to_the_last(client, aino):
    for number in range(150):
        AssignmentFactory(user=aino, content_object=ClientFactory(name=f"Testi Asiakas{number:03}"))
    publication.publish(version=2, material=True, reason="Syy", address="/x/", today=DAY)
    first, second = client.get(URL), client.get(URL, {"p": 2})
    assert "150, aakkosjärjestyksessä" in " ".join(first.content.decode().split())
    assert "?p=2" in first.content.decode()
    names = [name for page in (first, second) for _row, name, _ticked in page.context["rows"]]
    assert names == [f"Testi Asiakas{number:03}" for number in range(150)]
    last = second.context["rows"][-1][0]
    answer = client.post(f"{URL}?p=2", {"row": str(last.pk), "given_on": written(today())})
    assert answer["Location"] == f"{URL}?p=2"
    assert NoticeGiven.objects.given().get() == last
    rest = client.get(answer["Location"]).context["rows"]
    assert len(rest) == 49
    posted = {"row": [str(row.pk) for row, *_rest in rest], "given_on": written(today())}
    page = client.post(f"{URL}?p=2", posted, follow=True)
    assert (len(page.context["rows"]), page.context["has_next"]) == (100, False)
