"""C16, C44: acts on an order, on the card and on their pages, each with what it does to erasure."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.utils import timezone

from register.models import ServiceOrder
from register.models.staff import Role
from register.text.days import written
from register.wagtail_admin.base.screens import address
from tests.factories import AssignmentFactory, BookkeepingRowFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = TODAY.year


@pytest.fixture
def order(client):
    counsellor = staff(Role.COUNSELLOR)
    client.force_login(counsellor)
    order = ServiceOrderFactory(
        service__name="Uraohjaus",
        starts_on=date(YEAR - 1, 1, 2),
        planned_end=date(YEAR, 12, 31),
        price=0,
    )
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


def page_of(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser")


def form_on_card(client, order, act):
    card = page_of(client, address(order.client, "inspect"))
    [form] = card.find_all("form", action=address(order, act))
    return form


def hidden(form):
    data = {}
    for field in form.find_all("input", type="hidden"):
        data.setdefault(field["name"], []).append(field.get("value", ""))
    return data


def said(response):
    return [str(each).strip() for each in get_messages(response.wsgi_request)]


def test_the_card_prolongs_by_one_button_beside_its_sentence(client, order):
    form = form_on_card(client, order, "prolong")
    button = form.find_all("button")[1]
    line = button.find_parent("li").get_text(" ", strip=True)
    until = date(YEAR + 1, 6, 30)
    assert f"Poistetaan tammikuussa {YEAR + 2}" in line
    data = {**hidden(form), button["name"]: button["value"]}
    response = client.post(form["action"], data)
    assert response.url == address(order.client, "inspect")
    order.refresh_from_db()
    assert order.planned_end == until
    [told] = said(response)
    assert told == (
        f"Uraohjaus on voimassa {written(until)} asti. "
        f"Tämän palvelun tiedot poistetaan tammikuussa {YEAR + 2}."
    )


def test_the_card_ends_a_service_and_says_no_more_than_is_true(client, order):
    form = form_on_card(client, order, "end")
    assert f"Poistetaan tammikuussa {YEAR + 1}" in form.get_text()
    response = client.post(form["action"], {**hidden(form), "on": written(TODAY)})
    order.refresh_from_db()
    assert order.actual_end == TODAY
    [told] = said(response)
    assert told.startswith(f"Uraohjaus päättyi {written(TODAY)}. ")


def test_another_day_is_saved_only_after_its_own_sentence_was_shown(client, order):
    form = form_on_card(client, order, "end")
    typed = {**hidden(form), "on": written(TODAY - timedelta(days=1))}
    asked = client.post(form["action"], typed)
    order.refresh_from_db()
    assert (asked.status_code, order.actual_end) == (200, None)
    again = BeautifulSoup(asked.content, "html.parser").select_one(".register-confirm form")
    client.post(form["action"], {**typed, **hidden(again)})
    order.refresh_from_db()
    assert order.actual_end == TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("end", {"on": written(TODAY + timedelta(days=1))}, "on"),
        ("end", {"on": "eilen"}, "on"),
        ("cancel", {"on": written(TODAY), "fee": "-5"}, "fee"),
        ("prolong", {"until": written(date(YEAR + 4, 1, 1))}, "reason"),
        ("prolong", {"until": written(TODAY - timedelta(days=400))}, "until"),
    ],
)
def test_what_cannot_be_comes_back_beside_its_field(client, order, act, typed, field):
    url = address(order, act)
    first = client.post(url, {**hidden(page_of(client, url)), **typed})
    data = {**hidden(BeautifulSoup(first.content, "html.parser")), **typed}
    answer = client.post(url, data)
    assert field in answer.context["form"].errors
    for name, value in typed.items():
        assert answer.context["form"][name].value() == value
    before = order.version
    order.refresh_from_db()
    assert order.version == before


def test_a_service_is_cancelled_before_it_starts_with_a_fee(client, order):
    ServiceOrder.objects.update(starts_on=date(YEAR + 1, 1, 10), planned_end=date(YEAR + 1, 6, 1))
    url = address(order, "cancel")
    typed = {"on": written(TODAY), "fee": "40,00"}
    first = client.post(url, {**hidden(page_of(client, url)), **typed})
    text = BeautifulSoup(first.content, "html.parser").get_text()
    assert "40,00\xa0€" in text
    data = {**hidden(BeautifulSoup(first.content, "html.parser")), **typed}
    client.post(url, data)
    order.refresh_from_db()
    assert (order.cancelled_on, order.price) == (TODAY, 40)
    card = page_of(client, address(order.client, "inspect")).get_text(" ", strip=True)
    assert "Peruttu" in card


def test_an_end_is_taken_back_until_billing_has_it(client, order):
    ServiceOrder.objects.update(actual_end=TODAY)
    url = address(order, "reopen")
    client.post(url, hidden(page_of(client, url)))
    order.refresh_from_db()
    assert order.actual_end is None
    ServiceOrder.objects.update(actual_end=TODAY)
    BookkeepingRowFactory(order=order)
    assert client.get(url).status_code == 404
    card = page_of(client, address(order.client, "inspect"))
    assert not card.find("a", href=url)


@pytest.mark.parametrize("act", ["prolong", "end", "cancel", "reopen"])
def test_a_colleagues_order_is_not_there(client, order, act):
    client.force_login(staff(Role.COUNSELLOR))
    url = address(order, act)
    assert client.get(url).status_code == client.post(url).status_code == 404


def test_what_was_changed_meanwhile_is_looked_at_again(client, order):
    form = form_on_card(client, order, "end")
    ServiceOrder.objects.get().save()
    response = client.post(form["action"], {**hidden(form), "on": written(TODAY)})
    assert response.url == address(order.client, "inspect")
    order.refresh_from_db()
    assert order.actual_end is None


def test_an_end_in_an_earlier_year_says_what_the_next_run_erases(client, order):
    url = address(order, "end")
    typed = {"on": written(date(YEAR - 1, 6, 1))}
    first = client.post(url, {**hidden(page_of(client, url)), **typed})
    data = {**hidden(BeautifulSoup(first.content, "html.parser")), **typed}
    asked = client.post(url, data)
    order.refresh_from_db()
    assert order.actual_end is None
    page = BeautifulSoup(asked.content, "html.parser").select_one(".register-confirm form")
    button = page.find("button", class_="serious")
    client.post(url, {**data, **hidden(page), button["name"]: button["value"]})
    order.refresh_from_db()
    assert order.actual_end == date(YEAR - 1, 6, 1)


def test_a_note_is_written_in_place(client, order):
    card = page_of(client, address(order.client, "inspect"))
    box = card.select_one("details.register-note-box")
    assert box.has_attr("open")
    form = box.form
    chosen = form.select("input[name=basis][checked]")
    assert chosen == []
    assert [each["value"] for each in form.select("input[name=kind][checked]")] == ["meeting"]
    assert form.select_one("input[name=met_on]")["value"] == written(TODAY)
    typed = {
        **hidden(form),
        "met_on": written(TODAY),
        "kind": "call",
        "basis": "told_by_client",
        "text": "Keksitty.",
    }
    response = client.post(form["action"], typed)
    assert response.url == address(order.client, "inspect")
    assert order.notes.get().kind == "call"
    client.post(form["action"], typed)
    assert order.notes.count() == 1
