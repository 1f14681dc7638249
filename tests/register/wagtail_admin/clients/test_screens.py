"""The counsellor's day: adding a client, the card, likely duplicates, bad input (C09–C18)."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from register.models import (
    AccessLogEntry,
    Assignment,
    Client,
    LikelyDuplicate,
    RegisterLogEntry,
    ServiceOrder,
)
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffHearingFactory,
    staff,
)
from tests.forms import form_of, open_form

pytestmark = pytest.mark.django_db
INDEX = "asiakkaat_modeladmin_index"
CREATE = "asiakkaat_modeladmin_create"


@pytest.fixture
def counsellor(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    return user


def new_client(**changes):
    StaffHearingFactory()
    this_year = timezone.localdate().year
    return {
        "name": "Uusi Asiakas",
        "email": "uusi@example.org",
        "phone": "040 123 4567",
        "home_municipality": "091",
        "birth_year": "1990",
        "service": ServiceFactory(price=250).pk,
        "specification": "vain tarpeellinen",
        "manner": "remote",
        "office": OfficeFactory().pk,
        "starts_on": f"2.1.{this_year}",
        "planned_end": f"31.12.{this_year}",
        "price": "",
        **changes,
    }


def own_client(user, **attributes):
    return AssignmentFactory(user=user, content_object=ClientFactory(**attributes)).content_object


def test_a_client_is_added_with_a_service_and_is_ones_own(client, counsellor):
    response = client.post(reverse(CREATE), new_client())

    added = Client.objects.get()
    order = ServiceOrder.objects.get()
    assert response["Location"] == reverse("asiakkaat_modeladmin_inspect", args=[added.pk])
    assert (added.name, added.home_municipality, added.phone.as_national) == (
        "Uusi Asiakas",
        "091",
        "040 1234567",
    )
    assert (order.client, order.price, order.specification) == (added, 250, "vain tarpeellinen")
    assert "vain" not in order.specification_encrypted
    assert order.counsellor == counsellor.staff_member
    assignment = Assignment.objects.get()
    assert assignment.content_object == added
    assert AccessLogEntry.objects.filter(actor=counsellor.pk, action="create").count() == 2
    assert {entry.label for entry in RegisterLogEntry.objects.all()} == {
        str(added),
        str(order),
        str(assignment),
    }


def test_messages_and_titles_carry_the_register_number_only(client, counsellor):
    response = client.post(reverse(CREATE), new_client())
    messages = str(client.session["_messages"])
    assert Client.objects.get().register_number in messages
    assert "Uusi" not in messages
    assert "uusi" not in response["Location"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Nimi\x08Nimi"}, "name"),
        ({"email": "ei osoite"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"birth_year": "1899"}, "birth_year"),
        ({"birth_year": "2999"}, "birth_year"),
        ({"birth_year": "abc"}, "birth_year"),
        ({"home_municipality": "999"}, "home_municipality"),
        ({"starts_on": "31.2.2026"}, "starts_on"),
        ({"starts_on": "1.6.2026", "planned_end": "31.5.2026"}, "planned_end"),
        ({"planned_end": "31.12.2926"}, "planned_end"),
        ({"price": "-1"}, "price"),
        ({"manner": "pigeon"}, "manner"),
        ({"service": "0"}, "service"),
        ({"specification": "x" * 2001}, "specification"),
    ],
)
def test_bad_input_gets_a_message_and_loses_nothing(client, counsellor, changes, field):
    typed = new_client(**changes)
    response = client.post(reverse(CREATE), typed)

    form = response.context["form"]
    assert field in form.errors
    assert not Client.objects.exists()
    assert all(str(form[name].value()) == str(value) for name, value in typed.items())


def test_a_missing_service_is_no_complaint_about_the_price(client, counsellor):
    response = client.post(reverse(CREATE), new_client(service=""))
    assert set(response.context["form"].errors) == {"service"}


def test_an_order_that_is_over_is_asked_about(client, counsellor):
    last_year = timezone.localdate().year - 1
    typed = new_client(starts_on=f"1.3.{last_year}", planned_end=f"1.5.{last_year}", price="0")
    typed["specification"] = "Ensimmäinen rivi\nja toinen"
    asked = client.post(reverse(CREATE), typed)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for told in ("Uusi Asiakas", f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}"):
        assert told in asked.content.decode()
    assert not Client.objects.exists()

    page = form_of(asked, ".register-confirm form")
    back = page.send(client, back_to_form="1")
    form = back.context["form"]
    assert all(str(form[name].value()) == str(value) for name, value in typed.items())
    assert not Client.objects.exists()

    sign = BeautifulSoup(asked.content, "html.parser").select_one("[name=erasure_confirmed]")
    page.send(client, erasure_confirmed=sign["value"], back_to_form=None)
    assert ServiceOrder.objects.get().specification == "Ensimmäinen rivi\nja toinen"
    hastened = AccessLogEntry.objects.get(action=Action.HASTEN)
    assert hastened.actor == counsellor.pk


@pytest.mark.parametrize("sign", ["1", "", "on"])
def test_it_is_not_confirmed_by_anything_but_what_the_page_said(client, counsellor, sign):
    last_year = timezone.localdate().year - 1
    typed = new_client(starts_on=f"1.3.{last_year}", planned_end=f"1.5.{last_year}", price="0")
    client.post(reverse(CREATE), typed | {"erasure_confirmed": sign, "already_over": "on"})
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "likeness",
    [
        {"email": "UUSI@example.org"},
        {"phone": "+358401234567"},
        {"name": "uusi asiakas", "birth_year": 1990},
    ],
)
def test_a_likely_duplicate_of_ones_own_is_asked_about(client, counsellor, likeness):
    existing = own_client(counsellor, **({"phone": "", "email": "a@example.org"} | likeness))
    typed = new_client()
    asked = client.post(reverse(CREATE), typed)
    assert existing.register_number in str(asked.context["form"].errors["not_a_duplicate"])
    assert Client.objects.count() == 1

    client.post(reverse(CREATE), {**typed, "not_a_duplicate": "on"})
    assert Client.objects.count() == 2
    assert not LikelyDuplicate.objects.exists()


def test_a_likely_duplicate_of_a_colleague_is_told_to_the_contact_only(client, counsellor):
    existing = own_client(staff(Role.COUNSELLOR), name="Toisen Asiakas", email="uusi@example.org")
    response = client.post(reverse(CREATE), new_client(), follow=True)
    content = response.content.decode()
    assert existing.name not in content
    assert existing.register_number not in content
    found = LikelyDuplicate.objects.get()
    assert (found.client.name, found.other) == ("Uusi Asiakas", existing)

    client.force_login(staff(Role.DATA_PROTECTION))
    told = client.get(reverse("kaksoiskappaleet_modeladmin_index")).content.decode()
    assert existing.register_number in told
    assert existing.name not in told


def test_a_client_is_corrected(client, counsellor):
    person = own_client(counsellor)
    url = reverse("asiakkaat_modeladmin_edit", args=[person.pk])
    open_form(client, url).send(client, name="Korjattu Nimi", phone="")
    person.refresh_from_db()
    assert person.name == "Korjattu Nimi"
    assert person.phone == ""


def test_the_card_shows_orders_and_notes(client, counsellor):
    person = own_client(counsellor)
    note = NoteFactory(order__client=person, text="Keskusteltiin koulutuksesta.")
    page = client.get(reverse("asiakkaat_modeladmin_inspect", args=[person.pk])).content.decode()
    assert note.text in page
    assert str(note.order.service) in page


def test_card_and_list_agree_on_a_service_that_ends_today(client, counsellor):
    today = timezone.localdate()
    person = own_client(counsellor)
    dates = {"starts_on": today, "planned_end": today}
    ServiceOrderFactory(client=person, actual_end=today, **dates)
    valid = ServiceOrderFactory(client=person, **dates)

    card = client.get(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    ended = {row["order"] for row in card.context["orders"] if row["state"].label == "Päättynyt"}
    lists = {
        state: set(
            client.get(reverse("tilaukset_modeladmin_index"), {"tila": state}).context[
                "object_list"
            ]
        )
        for state in ("over", "soon")
    }
    assert ended == lists["over"]
    assert lists["soon"] == {valid}


def test_the_card_logs_one_read(client, counsellor):
    person = own_client(counsellor)
    NoteFactory.create_batch(3, order__client=person)
    client.get(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    entry = AccessLogEntry.objects.exclude(action="log_in").get()
    assert (entry.action, entry.view, entry.count) == ("view", "client_clientcard", 1)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_row_and_for_twenty(client, counsellor):
    ServiceOrderFactory(client=own_client(counsellor))
    client.get(reverse(INDEX))
    one = queries_of(client, reverse(INDEX))
    for _ in range(19):
        ServiceOrderFactory(client=own_client(counsellor))
    assert queries_of(client, reverse(INDEX)) == one <= 21


def test_the_card_costs_the_same_for_one_note_and_for_six(client, counsellor):
    person = own_client(counsellor)
    url = reverse("asiakkaat_modeladmin_inspect", args=[person.pk])
    NoteFactory(order__client=person)
    client.get(url)
    one = queries_of(client, url)
    NoteFactory.create_batch(5, order__client=person)
    assert queries_of(client, url) == one <= 29


def test_a_search_stays_out_of_the_address(client, counsellor):
    own_client(counsellor, name="Hakusana Testi")
    page = client.post(reverse(INDEX), {"q": "hakusana"}, follow=True).content.decode()
    assert "Hakusana Testi" in page
    assert "q=hakusana" not in page


def test_a_search_that_is_too_long_is_told_and_not_cut(client, counsellor):
    own_client(counsellor, name="a" * 200)
    shown = client.post(reverse(INDEX), {"q": "a" * 201}, follow=True).content.decode()
    assert "voi olla 200 merkkiä; siinä on nyt 201" in shown
    assert f'value="{"a" * 201}"' in shown
    assert "maxlength" not in shown
    assert f">{'a' * 200}<" not in shown


@pytest.mark.parametrize("query", ["'", '"', "%", "_", "\\", "\x00", "()", "a" * 9999, "ä ö", "*"])
def test_no_search_breaks_the_list(client, counsellor, query):
    own_client(counsellor)
    assert client.post(reverse(INDEX), {"q": query}, follow=True).status_code == 200


def test_a_long_list_says_a_thousand_and_more(client, counsellor):
    people = ClientFactory.build_batch(1001)
    Client.objects.bulk_create(people)
    permission = AssignmentFactory().permission
    Assignment.objects.bulk_create(
        Assignment(
            user=counsellor,
            content_object=person,
            permission=permission,
            valid_from=date(2020, 1, 1),
        )
        for person in people
    )
    assert "1000+" in client.get(reverse(INDEX)).content.decode()


def test_pages_are_walked(client, counsellor):
    for number in range(21):
        own_client(counsellor, name=f"Nimi {number:02}")
    first = client.get(reverse(INDEX))
    second = client.get(reverse(INDEX), {"p": 2})
    assert len(first.context["object_list"]) == 20
    assert [person.name for person in second.context["object_list"]] == ["Nimi 20"]


def test_the_list_stands_in_finnish_order_and_turns_round(client, counsellor):
    expected = ["ahola", "von Wright", "Zorro", "Ängström"]
    for name in ("Zorro", "Ängström", "von Wright", "ahola"):
        own_client(counsellor, name=name)

    def shown(query=""):
        rows = client.get(reverse(INDEX) + query).context["object_list"]
        return [row.name for row in rows]

    assert shown() == shown("?ordering=name") == expected
    assert shown("?ordering=-name") == expected[::-1]


@pytest.mark.parametrize("query", ["åke", "O\u0308HMAN", "ab1de-12345", "040-123 4567", "öhman, å"])
def test_the_search_finds_ones_own_client_however_it_is_typed(client, counsellor, query):
    facts = {"name": "ÅKE Öhman", "register_number": "AB1DE-12345"}
    own = own_client(counsellor, **facts)
    own_client(counsellor, name="Ake Ohman", phone="+358501234567")
    ClientFactory(name="Åke Öhman")
    ServiceOrderFactory(client=own)
    assert list(client.post(reverse(INDEX), {"q": query}, follow=True).context["object_list"]) == [
        own
    ]
    orders = client.post(reverse("tilaukset_modeladmin_index"), {"q": query}, follow=True)
    assert [order.client for order in orders.context["object_list"]] == [own]


def test_a_turned_name_is_asked_about(client, counsellor):
    own_client(counsellor, name="VIRTANEN, Maija", birth_year=None, phone="", email="x@y.fi")
    response = client.post(reverse(CREATE), new_client(name="Maija Virtanen", phone=""))
    assert "not_a_duplicate" in response.context["form"].errors
    assert Client.objects.count() == 1
