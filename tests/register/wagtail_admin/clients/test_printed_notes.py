"""C18, C32, C38: notes on paper, with the day by which the paper is destroyed; a logged read."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from register.models import AccessLogEntry, Note
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from register.text.days import written
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = today()
END = date(TODAY.year + 1, 6, 30)


@pytest.fixture
def order(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    person = AssignmentFactory(user=user, content_object=ClientFactory()).content_object
    starts_on = TODAY - timedelta(days=300)
    return ServiceOrderFactory(client=person, starts_on=starts_on, planned_end=END)


@pytest.fixture
def notes(order):
    return [
        NoteFactory(order=order, met_on=TODAY - timedelta(days=days), text=f"Teksti {days}.")
        for days in (30, 20, 10)
    ]


def printed(client, order, **query):
    response = client.get(reverse("asiakkaat_modeladmin_notes", args=[order.client_id]), query)
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def test_all_notes_are_on_the_page_and_so_is_the_day_of_its_destruction(client, order, notes):
    page = printed(client, order)
    assert all(note.text in page for note in notes)
    assert order.client.name in page
    assert f"Hävitä viimeistään {written(date(END.year + 1, 1, 31))}." in page


def test_a_period_holds_both_its_days(client, order, notes):
    page = printed(client, order, alkaen=written(notes[1].met_on), asti=written(notes[1].met_on))
    assert [note.text in page for note in notes] == [False, True, False]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"alkaen": "eilen"}, "Kirjoita päivä näin"),
        ({"alkaen": "2.2.2026", "asti": "1.2.2026"}, "Loppu ei voi olla ennen alkua"),
    ],
)
def test_what_is_no_period_is_told_and_shows_nothing(client, order, notes, query, told):
    page = printed(client, order, **query)
    assert told in page
    assert not any(note.text in page for note in notes)


def test_the_log_tells_how_many_were_listed(client, order, notes):
    printed(client, order, alkaen=written(notes[1].met_on))
    entry = AccessLogEntry.objects.get(model=Note._meta.label)
    assert (entry.action, entry.count, entry.view) == (Action.LIST, 2, "client_printednotes")


def test_a_hold_keeps_the_paper_too(client, order, notes):
    HoldFactory(client=order.client, review_on=TODAY + timedelta(days=5))
    page = printed(client, order)
    assert "Hävitä tämä paperi, kun lykkäys päättyy" in page
    assert "Hävitä viimeistään" not in page


def test_a_colleague_finds_nothing(client, order, notes):
    client.force_login(staff(Role.COUNSELLOR))
    url = reverse("asiakkaat_modeladmin_notes", args=[order.client_id])
    assert client.get(url).status_code == 404
