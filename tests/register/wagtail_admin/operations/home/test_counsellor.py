"""C33, C38: the counsellor's first screen names nobody, and leads to everybody by one act."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.domain.operations.to_do import ToDo
from register.models import AccessLogEntry
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAME = "Aada Esimerkki"
ACTS = ["Pidennä", "Merkitse päättyneeksi", "Kirjoita muistiinpano"]


@pytest.fixture
def me(client):
    counsellor = staff(Role.COUNSELLOR)
    client.force_login(counsellor)
    return counsellor


def own(counsellor, *, name=NAME, ends=90, **values):
    person = ClientFactory(name=name)
    AssignmentFactory(user=counsellor, content_object=person)
    return ServiceOrderFactory(
        client=person,
        counsellor=counsellor.staff_member,
        service=values.pop("service", None) or ServiceFactory(name=f"Uraohjaus {person.pk}"),
        **{"starts_on": today() - 300 * DAY, "planned_end": today() + ends * DAY} | values,
    )


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def home(client):
    return page(client, "/admin/")


def found(client, query):
    response = client.post(reverse("register_find_client"), {"q": query})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.text.split())


def test_it_begins_with_the_search(client, me):
    shown = home(client)
    form = shown.select_one(".register-block form")
    assert form["method"] == "post"
    assert form.select_one("[name=csrfmiddlewaretoken]")["value"]
    field = form.select_one("input[type=search]")
    assert field.has_attr("autofocus")
    assert shown.find("label", attrs={"for": field["id"]}).text == "Hae asiakas"


def test_it_names_nobody_and_is_no_read(client, me):
    order = own(me, ends=-1)
    shown = home(client)
    assert NAME not in shown.text
    assert order.client.register_number not in shown.text
    assert not AccessLogEntry.objects.exclude(action="log_in").exists()


def test_it_counts_what_is_to_be_seen_to_and_each_count_opens_its_list(client, me):
    own(me, ends=-1)
    own(me, name="Beeta Esimerkki", ends=1)
    links = home(client).select(".register-to-do a")
    assert [words(link) for link in links[:3]] == [
        "1 Avoinna voimassaolon jälkeen",
        "1 Päättyy 30 päivän kuluessa",
        "0 Hiljaa kaksitoista kuukautta",
    ]
    assert len(links) == len(ToDo)
    for link in links:
        page(client, link["href"])
    assert NAME in page(client, links[0]["href"]).text
    assert NAME not in page(client, links[1]["href"]).text


def test_it_takes_as_many_queries_for_many_clients(client, me):
    own(me)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    for number in range(25):
        own(me, name=f"Toinen {number}", ends=number - 5)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/")
    assert len(many) == len(few)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COUNSELLOR])
def test_nobody_else_has_it(client, role):
    client.force_login(staff(role))
    assert not home(client).select(".register-find, .register-to-do")
    for address in (
        reverse("register_last_opened"),
        *(reverse("register_to_do", args=[kind]) for kind in ToDo),
    ):
        assert client.get(address).status_code == 404
    assert client.post(reverse("register_find_client"), {"q": "a"}).status_code == 404


def test_a_counsellor_who_is_locked_out_has_none(client):
    client.force_login(staff(Role.COUNSELLOR, law_trained_on=None))
    shown = home(client)
    assert not shown.select(".register-find")
    assert "Rekisteri on sinulta lukittu" in shown.text


def test_ones_own_rights_are_a_line_at_the_foot(client, me):
    panels = home(client).select(".register-block, .register-roles")
    assert words(panels[-1]) == "Roolit: Ohjaaja. Mitä sinusta säilytetään"


def test_a_found_client_comes_with_number_state_service_and_links(client, me):
    order = own(me, service=ServiceFactory(name="Uraohjaus"))
    (row,) = found(client, "aada").select("li")
    assert words(row.p) == f"{NAME} {order.client.register_number} Uraohjaus Voimassa"
    card, note = row.select("a")
    assert page(client, card["href"]).find(string=lambda text: NAME in text)
    assert str(order.pk) in note["href"]
    assert NAME in note["aria-label"]


def test_of_a_service_that_is_over_no_note_is_offered(client, me):
    own(me, actual_end=today())
    (row,) = found(client, "aada").select("li")
    assert "Päättynyt" in row.text
    assert len(row.select("a")) == 1


def test_what_was_found_is_told_in_a_line(client, me):
    for number in range(12):
        own(me, name=f"Aada {number}")
    told = found(client, "aada").select_one(".register-found-told").text
    assert told.startswith("12 asiakasta löytyi. Kirjoita sana lisää")
    assert len(found(client, "aada").select("li")) == 8
    assert words(found(client, "olematon")) == "Haku ei löytänyt yhtään asiakkaistasi."
    assert words(found(client, " ")) == ""


def test_a_paste_that_is_too_long_is_refused_in_words(client, me):
    own(me)
    shown = found(client, "aada " * 100)
    assert "499" in shown.text
    assert not shown.select("li")


def test_a_search_has_no_address(client, me):
    assert client.get(reverse("register_find_client"), {"q": NAME}).status_code == 405


def test_what_was_typed_stays_text(client, me):
    own(me, name="Aada <b>Esimerkki")
    shown = found(client, "<b>")
    assert not shown.select("b")


def test_without_script_the_list_of_clients_answers(client, me):
    own(me)
    form = home(client).select_one(".register-find")
    response = client.post(form["action"], {"q": "aada"}, follow=True)
    assert NAME in response.content.decode()
    assert "aada" not in response.redirect_chain[-1][0]


def test_a_list_groups_its_rows_and_tells_the_legal_date(client, me):
    overdue = own(me, ends=-9, planned_end=date(today().year, 1, 1), starts_on=date(2020, 1, 1))
    own(me, name="Beeta Esimerkki", actual_end=today())
    shown = page(client, reverse("register_to_do", args=[ToDo.ERASED]))
    groups = {words(part.h2): part for part in shown.select(".register-due")}
    assert list(groups) == ["Myöhässä", "Myöhemmin"]
    assert NAME in groups["Myöhässä"].text
    assert f"tammikuussa {today().year + 1}" in groups["Myöhässä"].text
    acts = groups["Myöhässä"].select(".register-row-acts a")
    assert [act.text for act in acts] == ACTS
    assert all(str(overdue.pk) in act["href"] for act in acts)
    assert [act["href"].split("/")[3] for act in acts] == ["prolong", "end", "create"]
    assert not groups["Myöhemmin"].select(".register-row-acts a")


def test_a_service_that_goes_on_can_be_written_of(client, me):
    own(me, ends=5)
    shown = page(client, reverse("register_to_do", args=[ToDo.ENDING]))
    acts = [act.text for act in shown.select(".register-row-acts a")]
    assert acts == ACTS
    for act in shown.select(".register-row-acts a"):
        page(client, act["href"])


def test_of_a_client_on_hold_a_list_says_that_erasure_is_postponed(client, me):
    order = own(me, ends=5)
    HoldFactory(client=order.client)
    shown = page(client, reverse("register_to_do", args=[ToDo.ENDING]))
    assert "lykätty" in shown.select_one(".register-due-day").text


def test_a_list_that_is_not_one_is_missing(client, me):
    assert client.get("/admin/hoidettavat/jotain/").status_code == 404


def test_the_last_opened_cards_are_behind_one_click(client, me):
    order = own(me)
    link = home(client).find("a", string="Viimeksi avatut asiakkaat")
    assert "Et ole vielä avannut" in page(client, link["href"]).text
    page(client, reverse("asiakkaat_modeladmin_inspect", args=[order.client_id]))
    assert NAME in page(client, link["href"]).text
