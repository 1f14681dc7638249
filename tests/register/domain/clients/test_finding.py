"""C33, C38: own clients are found by what is known of them; the log says how, never what."""

from datetime import date, timedelta

import pytest

from register.domain.access_log import reading
from register.domain.clients import finding
from register.models import AccessLogEntry, Client
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def me():
    return staff(Role.COUNSELLOR)


def own(counsellor, **facts):
    client = ClientFactory(**facts)
    AssignmentFactory(user=counsellor, content_object=client)
    return client


def names(query, by):
    found, _hits = finding.find(query, by=by, today=TODAY, limit=9)
    return [each.client.name for each in found]


@pytest.mark.parametrize(
    "query",
    ["åke", "AKE", "lehtonen ake", "0401234567", "+358 40 123 4567", "ake@example.org", "example"],
)
def test_a_client_is_found_by_name_phone_and_address(me, query):
    own(me, name="Åke Lehtonen", phone="+358401234567", email="ake@example.org")
    own(me, name="Joku Muu", phone="", email="")
    assert names(query, me) == ["Åke Lehtonen"]


def test_a_client_is_found_by_the_number_with_and_without_hyphen(me):
    client, _other = own(me), own(me)
    for query in (client.register_number, client.register_number.replace("-", "").lower()):
        assert names(query, me) == [client.name]


def test_only_own_clients_are_found_and_not_those_of_an_open_matter(me):
    held = own(me, name="Aada Esimerkki")
    HoldFactory(client=held)
    others = [staff(role) for role in Role]
    for person in (*others, staff(Role.COUNSELLOR, Role.DATA_PROTECTION)):
        assert finding.find("aada", by=person, today=TODAY, limit=9) == ([], 0)


def test_the_log_says_by_what_was_searched_and_how_many_were_found(me):
    for name in ("Aada Yksi", "Aada Kaksi", "Beeta Kolme"):
        own(me, name=name)
    found, hits = finding.find("aada", by=me, today=TODAY, limit=1)
    assert ([each.client.name for each in found], hits) == (["Aada Kaksi"], 2)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.view, entry.count) == (Action.SEARCH, "home_search", 1)
    assert entry.details == {"searched": ["search_key"], "hits": 2}


def test_a_search_that_finds_nobody_is_logged_too(me):
    own(me)
    assert finding.find("olematon", by=me, today=TODAY, limit=9) == ([], 0)
    assert AccessLogEntry.objects.get().details == {"searched": ["search_key"], "hits": 0}


def test_a_client_comes_with_the_open_service_that_began_last(me):
    client = own(me, name="Aada Esimerkki")
    over, older, newer, last = (
        ServiceOrderFactory(
            client=client, starts_on=TODAY - days * DAY, planned_end=TODAY + 90 * DAY, **ended
        )
        for days, ended in ((1, {"actual_end": TODAY}), (9, {}), (5, {}), (300, {}))
    )
    (found,), _hits = finding.find("aada", by=me, today=TODAY, limit=9)
    assert (found.order, found.is_open) == (newer, True)
    for order in (older, newer, last):
        order.actual_end = TODAY
        order.save()
    (found,), _hits = finding.find("aada", by=me, today=TODAY, limit=9)
    assert (found.order, found.is_open) == (over, False)


def test_a_service_in_force_comes_before_one_that_nobody_ended(me):
    client = own(me, name="Aada Esimerkki")
    lapsed = ServiceOrderFactory(client=client, starts_on=TODAY - 9 * DAY, planned_end=TODAY - DAY)
    assert finding.find("aada", by=me, today=TODAY, limit=9)[0][0].order == lapsed
    in_force = ServiceOrderFactory(
        client=client, starts_on=TODAY - 20 * DAY, planned_end=TODAY + DAY
    )
    (found,), _hits = finding.find("aada", by=me, today=TODAY, limit=9)
    assert (found.order, found.is_open) == (in_force, True)


def test_without_a_service_there_is_none_to_show(me):
    own(me, name="Aada Esimerkki")
    (found,), _hits = finding.find("aada", by=me, today=TODAY, limit=9)
    assert (found.order, found.is_open) == (None, False)


def open_card(client, by, view="card"):
    reading.read(
        Client, to=by, today=TODAY, view=view, narrow=lambda rows: rows.filter(pk=client.pk)
    )


def opened(by, limit=5):
    found = finding.last_opened(view="card", by=by, today=TODAY, limit=limit)
    return [each.client for each in found]


def test_the_cards_that_were_opened_last_stand_first_and_once(me):
    first, second, third = (own(me) for _ in range(3))
    for client in (third, first, second, first):
        open_card(client, me)
    assert opened(me) == [first, second, third]
    assert opened(me, limit=2) == [first, second]
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.action, entry.view, entry.count) == (Action.LIST, "last_opened", 2)


def test_what_others_opened_and_what_is_no_card_does_not_count(me):
    colleague = staff(Role.COUNSELLOR)
    client = own(me)
    AssignmentFactory(user=colleague, content_object=client)
    open_card(client, colleague)
    open_card(client, me, view="client_history")
    assert opened(me) == []


def test_a_client_who_is_no_longer_ones_own_is_not_among_them(me):
    kept, given = own(me), own(me)
    for client in (kept, given):
        open_card(client, me)
    given.assignments.update(valid_until=TODAY - DAY)
    assert opened(me) == [kept]


def test_who_is_no_counsellor_any_more_has_none(me):
    open_card(own(me), me)
    me.groups.clear()
    assert opened(me) == []


def test_an_erased_client_is_not_among_them(me):
    kept, erased = own(me), own(me)
    for client in (kept, erased):
        open_card(client, me)
    Client.objects.filter(pk=erased.pk).delete()
    assert opened(me) == [kept]
