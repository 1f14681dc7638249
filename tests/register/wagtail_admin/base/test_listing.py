"""Search, filters, order and page of a list: one address, whatever is chosen in which order."""

from datetime import date, timedelta
from itertools import permutations, product
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from register.models import AccessLogEntry, Assignment, KeptResult
from register.models.access_log import Action
from register.models.staff import Role
from register.wagtail_admin.base.listing import ListState
from register.wagtail_admin.orders.orders import ServiceOrderAdmin
from tests.factories import AssignmentFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db

CLIENTS, ORDERS = reverse("asiakkaat_modeladmin_index"), reverse("tilaukset_modeladmin_index")


@pytest.fixture
def counsellor(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    return user


def order_of(counsellor, **values):
    order = ServiceOrderFactory(**values)
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


def searched(client, term, address=CLIENTS):
    """Search as the form does, and return the address that it leads to."""
    response = client.post(address, {"q": term})
    assert response.status_code == 302
    return response.url


def shown(client, address):
    return list(client.get(address).context["object_list"])


def test_a_search_leads_to_an_address_without_the_term(client, counsellor):
    order = order_of(counsellor, client__name="Hakusana Testi")
    address = searched(client, "hakusana")
    assert "hakusana" not in address.lower().replace("haku=", "")
    assert shown(client, address) == [order.client]
    page = client.get(address).content.decode()
    assert "hakusana" not in page.replace("Hakusana Testi", "")
    assert "hakusana" not in str(KeptResult.objects.values().get()).lower()


def test_each_opening_is_asked_of_the_gate_and_logged(client, counsellor):
    order = order_of(counsellor, client__name="Hakusana Testi")
    address = searched(client, "hakusana")
    assert not AccessLogEntry.objects.filter(action=Action.SEARCH).exists()
    for times in (1, 2):
        assert shown(client, address) == [order.client]
        assert AccessLogEntry.objects.filter(action=Action.SEARCH).count() == times
    Assignment.objects.all().delete()
    assert shown(client, address) == []
    assert AccessLogEntry.objects.latest("pk").details["hits"] == 0


def test_after_half_an_hour_it_says_so_and_offers_the_search(client, counsellor):
    order_of(counsellor, client__name="Hakusana Testi")
    address = searched(client, "hakusana")
    KeptResult.objects.update(made_at=timezone.now() - timedelta(minutes=30))
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Haku on vanhentunut" in page
    assert "Hakusana Testi" not in page
    assert 'name="q"' in page


def test_the_address_of_one_session_opens_nothing_in_another(client, counsellor):
    order_of(counsellor, client__name="Hakusana Testi")
    address = searched(client, "hakusana")
    client.logout()
    client.force_login(counsellor)
    assert shown(client, address) == []


def test_nothing_typed_takes_the_search_away_and_leaves_the_rest(client, counsellor):
    order_of(counsellor, client__name="Hakusana Testi")
    address = searched(client, "hakusana", f"{ORDERS}?tila=valid&ordering=starts_on")
    without = searched(client, "  ", address)
    assert parse_qs(urlsplit(without).query) == {"tila": ["valid"], "ordering": ["starts_on"]}


def test_what_means_nothing_here_is_not_carried_along():
    asked = {"tila": "x", "ordering": "client__name", "foo": "bar", "haku": "t", "p": "2"}
    state = ListState.of(asked, filters=ServiceOrderAdmin.filters, orderings={"starts_on"})
    assert state == ListState(search="t", page="2")
    assert state.query() == "?haku=t"


# --- whatever is chosen, in whatever order


@pytest.fixture
def orders(counsellor):
    """Orders that differ in all that a list can be narrowed and ordered by."""
    day, today = timedelta(days=1), timezone.localdate()
    made = []
    for number, (name, over) in enumerate(
        product(("Aino Halla", "Eero Halla", "Oili Suo"), (0, 1))
    ):
        end = today - day if over else today + 60 * day
        made.append(
            order_of(
                counsellor,
                client__name=f"{name} {number}",
                starts_on=date(2025, 1, 1) + number * 7 % 5 * day,
                planned_end=end + number * day * (-1 if over else 1),
            )
        )
    return made


def links(client, address, *, sort):
    """Return the addresses of the first list's links that a person could choose next."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [link["href"] for link in page.select("th a" if sort else "[data-filter] a")]


def choose(client, address, what, value):
    """Do one thing on the list, as a person does it, and return where it leads."""
    if what == "search":
        return searched(client, value, address)
    found = links(client, address, sort=what == "ordering")
    wanted = {what: [value]}
    [link] = {link for link in found if wanted.items() <= parse_qs(urlsplit(link).query).items()}
    return link


def oracle(orders, *, tila, search, ordering):
    """Return what must be shown, from the rows themselves."""
    today = timezone.localdate()
    rows = [
        order
        for order in orders
        if search in order.client.name and order.is_finished(today) is (tila == "lapsed")
    ]
    return sorted(rows, key=lambda order: (getattr(order, ordering), order.pk))


@pytest.mark.parametrize("tila", ["valid", "lapsed"])
@pytest.mark.parametrize("search", ["Halla", "Aino"])
def test_any_order_of_choosing_shows_the_same_rows(client, orders, tila, search):
    chosen = {"tila": tila, "search": search, "ordering": "starts_on"}
    expected = oracle(orders, **chosen)
    assert expected
    for steps in permutations(chosen):
        address = ORDERS
        for step in steps:
            address = choose(client, address, step, chosen[step])
        assert shown(client, address) == expected, steps


def test_pages_keep_it_all(client, orders, monkeypatch):
    monkeypatch.setattr(ServiceOrderAdmin, "list_per_page", 1)
    chosen = {"tila": "lapsed", "search": "Halla", "ordering": "starts_on"}
    address = ORDERS
    for step, value in chosen.items():
        address = choose(client, address, step, value)
    walked = []
    while address:
        walked += shown(client, address)
        page = BeautifulSoup(client.get(address).content, "html.parser")
        following = page.select_one('a[rel="next"]')
        address = ORDERS + following["href"] if following else ""
    assert walked == oracle(orders, **chosen)
