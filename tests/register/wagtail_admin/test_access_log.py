"""The data protection contact reads the log of use, and that is logged too (C38)."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.access_log import reading
from register.domain.access_log.recording import record
from register.domain.clients.assignments import assign
from register.domain.staff.roles import set_roles
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject, Client
from register.models.access_log import Action
from register.models.staff import Role, named
from register.reference.clock import today
from register.wagtail_admin.access_log import NarrowingForm
from tests.factories import AssignmentFactory, ClientFactory, HoldFactory, staff
from tests.register.domain.access_log.sealed import lifted, sql

pytestmark = pytest.mark.django_db
INDEX = "kayttoloki_modeladmin_index"
DAY = timedelta(hours=24)


def test_the_log_tells_who_read_what_and_is_logged_itself(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    reading.read(Client, to=counsellor, today=today(), view="client_list", action=Action.LIST)
    client.force_login(staff(Role.DATA_PROTECTION))
    page = client.get(reverse(INDEX)).content.decode()
    assert f"{counsellor.get_full_name()} ({counsellor.get_username()})" in page
    assert person.name not in page
    assert AccessLogEntry.objects.filter(model="register.AccessLogEntry").exists()


def test_an_entry_names_clients_by_register_number(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    reading.read(Client, to=counsellor, today=today(), view="client_list")
    client.force_login(staff(Role.DATA_PROTECTION))
    entry = AccessLogEntry.objects.exclude(action="log_in").get()
    page = client.get(reverse("kayttoloki_modeladmin_inspect", args=[entry.pk])).content.decode()
    assert person.register_number in page
    assert person.name not in page


def test_an_entry_names_whose_account_it_is_and_who_was_given_a_client(client):
    main_user, counsellor = staff(Role.MAIN_USER), staff(Role.COUNSELLOR)
    set_roles(
        member=counsellor.staff_member,
        roles=[Role.COUNSELLOR, Role.BILLING],
        seen=None,
        by=main_user,
        today=today(),
    )
    assign(
        client=ClientFactory(),
        user=counsellor,
        valid_from=today(),
        valid_until=None,
        by=main_user,
        today=today(),
    )
    client.force_login(staff(Role.DATA_PROTECTION))
    entries = AccessLogEntry.objects.filter(actor=main_user.pk)
    assert [entry.action for entry in entries.order_by("pk")] == [Action.CHANGE, Action.ASSIGN]
    for entry in entries:
        url = reverse("kayttoloki_modeladmin_inspect", args=[entry.pk])
        assert named(counsellor) in client.get(url).content.decode()


def test_an_erased_client_is_named_by_the_opaque_key(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    reading.read(Client, to=counsellor, today=today(), view="client_list")
    entry, key = AccessLogEntry.objects.get(), person.pk
    person.assignments.all()._raw_delete("default")
    Client.objects.all()._raw_delete("default")
    client.force_login(staff(Role.DATA_PROTECTION))
    page = client.get(reverse("kayttoloki_modeladmin_inspect", args=[entry.pk])).content.decode()
    assert str(key) in page


@pytest.mark.parametrize("view", ["index", "inspect"])
def test_two_of_one_name_are_told_apart_by_their_user_names(client, view):
    for _ in range(2):
        user = staff(Role.COUNSELLOR)
        user.first_name, user.last_name = "Aino", "Ohjaaja"
        user.save()
        AssignmentFactory(user=user)
        reading.read(Client, to=user, today=today(), view="client_list")
    user.first_name = user.last_name = ""
    user.save()
    client.force_login(staff(Role.DATA_PROTECTION))
    other, nameless = list(AccessLogEntry.objects.exclude(action="log_in").order_by("pk"))
    pages = {
        entry: client.get(
            reverse(f"kayttoloki_modeladmin_{view}", args=[entry.pk] * (view == "inspect"))
        ).content.decode()
        for entry in (other, nameless)
    }
    login = get_user_model().objects.get(pk=other.actor).get_username()
    assert f"Aino Ohjaaja ({login})" in pages[other]
    assert re.search(rf">\s*{user.get_username()}\s*<", pages[nameless])


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_nobody_else_reads_the_log(client, role):
    client.force_login(staff(role))
    assert client.get(reverse(INDEX)).status_code == 404


# --- narrowed


@pytest.fixture
def uses():
    """Two counsellors and their clients, each read once, on two days."""
    made = []
    for days in (40, 0):
        user = staff(Role.COUNSELLOR)
        person = AssignmentFactory(user=user).content_object
        reading.read(Client, to=user, today=today(), view="client_list", action=Action.LIST)
        entry = AccessLogEntry.objects.latest("pk")
        with lifted():
            at = timezone.now() - days * DAY
            at = AccessLogEntry._meta.get_field("at").get_db_prep_value(at, connection)
            sql("UPDATE register_accesslogentry SET at = %s WHERE id = %s", at, entry.pk)
        made.append((user, person, entry))
    return made


@pytest.fixture
def contact(client):
    client.force_login(staff(Role.DATA_PROTECTION))
    return client


def found(contact, **wanted):
    response = contact.post(reverse(INDEX), wanted, follow=True)
    assert response.status_code == 200
    return {entry.pk for entry in response.context["object_list"]}


def test_it_is_narrowed_by_who_whom_what_when_and_why_all_together(contact, uses):
    (old_user, old_client, old), (user, person, new) = uses
    day = f"{today():%d.%m.%Y}"
    by_name = {"who": user.get_username()}
    assert found(contact, **by_name) == {new.pk}
    assert found(contact, client=person.register_number.lower()) >= {new.pk}
    assert old.pk not in found(contact, client=person.register_number)
    assert found(contact, client=str(old_client.pk)) >= {old.pk}
    assert found(contact, action="list", purpose="guidance") == {old.pk, new.pk}
    assert found(contact, action="list", purpose="guidance", start=day) == {new.pk}
    assert found(contact, action="list", end="1.1.2020") == set()
    assert found(contact, **by_name, client=person.register_number, start=day, end=day) == {new.pk}
    assert found(contact, **by_name, client=old_client.register_number) == set()
    assert found(contact, who=old_user.get_username(), action="view") == set()


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("who", "Maija Meikäläinen", "Tällä käyttäjätunnuksella ei ole tiliä."),
        ("client", "AAAAA-11111", "Tällä rekisterinumerolla ei ole asiakasta."),
        ("client", "\x00", None),
        ("start", "eilen", "Kirjoita päivä näin: 1.2.2027."),
        ("action", "other", None),
    ],
)
def test_what_does_not_fit_is_told_and_stays(contact, uses, name, typed, told):
    response = contact.post(reverse(INDEX), {name: typed})
    assert response.status_code == 200
    page = response.content.decode()
    assert not response.context["object_list"]
    if told:
        assert told in page
        assert f'value="{typed}"' in page


def test_an_end_before_the_start_is_told(contact):
    response = contact.post(reverse(INDEX), {"start": "2.2.2026", "end": "1.2.2026"})
    assert "Loppu ei voi olla ennen alkua." in response.content.decode()


def test_a_link_asks_for_an_action_and_for_nothing_else(contact, uses):
    user, _person, _entry = uses[1]
    response = contact.get(reverse(INDEX), {"action": "log_in", "who": user.get_username()})
    assert {entry.action for entry in response.context["object_list"]} == {Action.LOG_IN}
    assert "Näytä kaikki" in response.content.decode()
    assert not contact.get(reverse(INDEX), {"action": "x"}).context["object_list"]


def test_the_first_screen_leads_to_what_it_counts(contact):
    record(
        by=SYSTEM,
        action=Action.HASTEN,
        purpose=Purpose.GUIDANCE,
        model=Client,
        view="client",
        clients=[ClientFactory().pk],
    )
    page = BeautifulSoup(contact.get("/admin/").content, "html.parser")
    link = page.find("a", string="Katso käyttölokista")
    shown = contact.get(link["href"]).context["object_list"]
    assert [entry.action for entry in shown] == [Action.HASTEN]


def test_pages_keep_what_it_was_narrowed_by(contact, uses, monkeypatch):
    user, _person, _entry = uses[1]
    for _time in range(25):
        reading.read(Client, to=user, today=today(), view="client_list", action=Action.LIST)
    wanted = {"who": user.get_username(), "action": "list"}
    first = contact.post(reverse(INDEX), wanted, follow=True)
    [(address, _status)] = first.redirect_chain
    assert first.context["form"]["who"].value() == user.get_username()
    assert first.context["form"]["action"].value() == "list"
    assert user.get_username() not in address
    second = contact.get(f"{address}&p=2")
    assert len(second.context["object_list"]) == 6
    assert {entry.actor for entry in second.context["object_list"]} == {user.pk}


def test_to_narrow_it_is_logged_with_the_client_and_without_what_was_typed(contact, uses):
    _user, person, _entry = uses[1]
    found(contact, client=person.register_number, who=uses[1][0].get_username())
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.action, entry.model) == (Action.SEARCH, "register.AccessLogEntry")
    assert entry.details["searched"] == ["client", "who"]
    assert AccessLogSubject.objects.get(entry=entry.pk).client == person.pk
    assert person.register_number not in str(entry.details)


def test_clients_are_linked_where_the_reader_may_follow(contact, uses):
    (_u, hidden, _e), (_user, person, _entry) = uses
    HoldFactory(client=person)
    page = contact.get(reverse(INDEX)).content.decode()
    card = reverse("asiakkaat_modeladmin_inspect", args=[person.pk])
    assert f'<a href="{card}">{person.register_number}</a>' in page
    assert hidden.register_number in page
    assert reverse("asiakkaat_modeladmin_inspect", args=[hidden.pk]) not in page


def test_of_many_clients_a_few_are_named(contact):
    user = staff(Role.COUNSELLOR)
    for _time in range(5):
        AssignmentFactory(user=user)
    reading.read(Client, to=user, today=today(), view="client_list", action=Action.LIST)
    page = contact.get(reverse(INDEX)).content.decode()
    numbers = list(Client.objects.values_list("register_number", flat=True))
    assert sum(number in page for number in numbers) == 3
    assert "ja muita" in page


# --- who has used one client's data


def test_who_has_used_a_client_s_data_is_shown_and_that_is_logged(contact, uses):
    user, person, entry = uses[1]
    HoldFactory(client=person)
    card = contact.get(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    address = reverse("asiakkaat_modeladmin_uses", args=[person.pk])
    assert address in card.content.decode()
    response = contact.get(address)
    shown = list(response.context["object_list"])
    assert entry in shown
    assert {person.pk} == {
        each.client for each in AccessLogSubject.objects.filter(entry__in=[e.pk for e in shown])
    }
    assert user.get_username() in response.content.decode()
    assert f"Kuka on käyttänyt tietoja: {person.name}" in response.content.decode()
    logged = AccessLogEntry.objects.latest("pk")
    assert (logged.model, logged.action) == ("register.AccessLogEntry", Action.LIST)
    assert AccessLogSubject.objects.get(entry=logged.pk).client == person.pk


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_nobody_else_is_shown_who_has_used_it(client, role, uses):
    user, person, _entry = uses[1]
    address = reverse("asiakkaat_modeladmin_uses", args=[person.pk])
    for visitor in (user, staff(role)):
        client.force_login(visitor)
        assert client.get(address).status_code == 404
    card = client.get(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    assert address not in card.content.decode()


@pytest.mark.parametrize(
    "wanted",
    [{}, {"who": True}, {"client": True}, {"action": "export"}, {"start": "1.1.2026"}],
    ids=str,
)
def test_a_long_log_is_asked_by_its_indexes(contact, uses, wanted, django_assert_max_num_queries):
    user, person, _entry = uses[1]
    known = {"who": user.get_username(), "client": person.register_number}
    wanted = {name: known.get(name, value) for name, value in wanted.items()}
    form = NarrowingForm(QueryDict("&".join(f"{k}={v}" for k, v in wanted.items())))
    rows = form.narrow(AccessLogEntry.objects.order_by("-at", "pk"))[:20]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.explain()
    assert "Seq Scan on register_accesslog" not in plan
    for line in plan.splitlines():
        if "SCAN register_accesslog" in line:
            assert "INDEX" in line
    posted = contact.post(reverse(INDEX), wanted)
    with django_assert_max_num_queries(31):
        contact.get(posted.url)
