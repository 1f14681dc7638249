"""C22: the company's earlier list is moved here whole or not at all, by a main user, and logged."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from register.access.gate import visible
from register.access.standing import SYSTEM
from register.domain.billing import exporting
from register.domain.clients.importing import entering
from register.domain.clients.importing.comparing import State
from register.exceptions import NotAllowed, Stale
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessChange,
    AccessLogEntry,
    AccessLogSubject,
    Assignment,
    Client,
    LikelyDuplicate,
    ServiceOrder,
    StaffHearing,
)
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import ClientFactory, ProcessorFactory, ServiceOrderFactory, staff
from tests.register.domain.clients.importing.lists import EERO, ROW, TODAY, offered, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsellor():
    return offered()


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


def look(*rows, by=SYSTEM, **others):
    return entering.look(*read(*rows, **others), by=by, today=TODAY)


def enter(*rows, by=SYSTEM, **others):
    table, choices = read(*rows, **others)
    seen = entering.look(table, choices, by=by, today=TODAY).sign
    return entering.enter(table, choices, seen=seen, by=by, today=TODAY)


def states(outcome):
    return [each.state for each in outcome.rows]


def told(outcome, row=0):
    return "; ".join(str(each) for each in outcome.rows[row].told)


def test_a_client_comes_with_its_service_and_its_counsellor(counsellor, main_user):
    enter({**ROW, "Tarkennus": "Iltaisin"}, by=main_user)
    client = Client.objects.get()
    assert (client.name, client.email) == ("Aada Esimerkki", "aada@example.org")
    assert (str(client.phone), client.home_municipality) == ("+358 40 1234567", "092")
    assert (client.birth_year, client.created_on) == (1980, TODAY)
    order = ServiceOrder.objects.get(client=client)
    assert (order.starts_on, order.planned_end) == (date(2026, 2, 1), date(2026, 12, 1))
    assert (order.price, order.manner, order.specification) == (120, "remote", "Iltaisin")
    assert order.counsellor == counsellor.staff_member
    assert list(visible(Client, to=counsellor, today=TODAY)) == [client]


def test_whoever_moved_them_sees_none_of_them(counsellor, main_user):
    enter(ROW, EERO, by=main_user)
    assert Client.objects.count() == 2
    assert not visible(Client, to=main_user, today=TODAY).exists()


def test_every_client_is_logged_as_added_for_guidance(counsellor, main_user):
    enter(ROW, EERO, by=main_user)
    added = AccessLogEntry.objects.filter(action=Action.CREATE, model="register.Client")
    assert {each.object_key for each in added} == {str(each.pk) for each in Client.objects.all()}
    assert {(each.actor, each.view, each.purpose) for each in added} == {
        (main_user.pk, entering.VIEW, Purpose.GUIDANCE)
    }
    assert AccessLogEntry.objects.filter(action=Action.ASSIGN).count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MAIN_USER])
def test_nobody_but_a_main_user_moves_them(counsellor, role):
    table, choices = read(ROW)
    with pytest.raises(NotAllowed):
        entering.look(table, choices, by=staff(role), today=TODAY)
    with pytest.raises(NotAllowed):
        entering.enter(table, choices, seen="new1", by=staff(role), today=TODAY)
    assert not Client.objects.exists()


def test_the_same_list_again_changes_nothing(counsellor, main_user):
    rows = (ROW, EERO, {**ROW, "Palvelu": "Työnhaku", "Laskutettu": "kyllä"})
    enter(*rows, by=main_user)
    before = AccessLogEntry.objects.exclude(action=Action.LIST).count()
    again = enter(*rows, by=main_user)
    assert states(again) == [State.SAME] * 3
    assert Client.objects.count() == 2
    assert ServiceOrder.objects.count() == 3
    assert AccessLogEntry.objects.exclude(action=Action.LIST).count() == before


def test_a_client_with_two_services_is_one(counsellor):
    outcome = enter(ROW, {**ROW, "Palvelu": "Työnhaku"})
    assert states(outcome) == [State.NEW, State.NEW_ORDER]
    assert ServiceOrder.objects.filter(client=Client.objects.get()).count() == 2
    assert Assignment.objects.count() == 1


def test_a_known_client_gets_what_is_new_for_its_counsellor(counsellor):
    client = ClientFactory(
        name="Esimerkki, Aada", email="AADA@example.org", phone="+358401234567", birth_year=1980
    )
    assert states(enter(ROW)) == [State.NEW_ORDER]
    assert client.orders.count() == 1
    assert list(visible(Client, to=counsellor, today=TODAY)) == [client]


def test_what_the_register_has_otherwise_is_told_and_stays(counsellor):
    enter(ROW)
    changed = {**ROW, "Kotikunta": "Espoo", "Voimassa asti": "31.12.2026"}
    outcome = enter(changed, EERO)
    assert states(outcome) == [State.CHANGED, State.NEW]
    assert "Kotikunta" in told(outcome)
    assert "Voimassa asti" in told(outcome)
    assert Client.objects.get(name__startswith="Aada").home_municipality == "092"


def test_rows_are_left_out_only_when_a_person_says_so(counsellor):
    table, choices = read({**ROW, "Voimassa asti": "31.12.2025", "Alkaa": "1.1.2025"}, EERO)
    choices = replace(choices, leaves_rows=False)
    seen = entering.look(table, choices, by=SYSTEM, today=TODAY).sign
    with pytest.raises(ValueError, match="left out"):
        entering.enter(table, choices, seen=seen, by=SYSTEM, today=TODAY)
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        ({"Voimassa asti": "31.12.2025"}, State.LEFT_OUT),
        ({"Voimassa asti": "1.1.2026"}, State.NEW),
        ({"Voimassa asti": "1.12.2027", "Päättyi": "31.12.2025"}, State.LEFT_OUT),
        ({"Voimassa asti": "1.12.2025", "Päättyi": "2.1.2026"}, State.NEW),
    ],
)
def test_what_ended_in_an_earlier_year_is_left_out(counsellor, ends, state):
    """C44: it would be erased by the very next run."""
    assert states(look({**ROW, "Päättyi": "", "Alkaa": "1.1.2025", **ends})) == [state]


def test_what_was_billed_is_not_billed_again(counsellor):
    ProcessorFactory()
    over = {**ROW, "Päättyi": "1.6.2026"}
    enter({**over, "Laskutettu": "kyllä"}, {**over, **EERO, "Päättyi": "1.6.2026"})
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert [row.name for row in batch.rows.all()] == ["Eero Esimerkki"]


REFUSED = {
    "a service": ({"Palvelu": "Lentotaito"}, "Palvelu"),
    "no service": ({"Palvelu": ""}, "Palvelu"),
    "no beginning": ({"Alkaa": ""}, "Alkaa"),
    "no validity": ({"Voimassa asti": "-"}, "Voimassa asti"),
    "no counsellor": ({"Ohjaaja": ""}, "Ohjaaja"),
    "an unknown one": ({"Ohjaaja": "Joku Muu"}, "Ohjaaja"),
    "no office": ({"Toimipaikka": ""}, "Toimipaikka"),
    "billed or not": ({"Laskutettu": ""}, "Jo laskutettu"),
    "a phone": ({"Puhelin": "401234567"}, "Puhelinnumero"),
    "a municipality": ({"Kotikunta": "Tallinna"}, "Kotikunta"),
    "an address": ({"Sähköposti": "aada(at)example"}, "Sähköposti"),
    "a name": ({"Sukunimi": "", "Etunimi": ""}, "Nimi"),
    "a name and more": ({"Sukunimi": "Esimerkki; 040 1234567"}, "Nimi"),
    "an end before the start": ({"Voimassa asti": "1.1.2026"}, "voimassa"),
    "a mistyped year": ({"Voimassa asti": "1.12.2206"}, "Voimassa asti"),
    "a future birth": ({"Syntymävuosi": "2030"}, "Syntymävuosi"),
}


@pytest.mark.parametrize(("cells", "says"), REFUSED.values(), ids=REFUSED)
def test_one_wrong_row_stops_them_all(counsellor, cells, says):
    table, choices = read(EERO, {**ROW, **cells})
    outcome = entering.look(table, choices, by=SYSTEM, today=TODAY)
    assert states(outcome) == [State.NEW, State.WRONG]
    assert outcome.numbers(State.WRONG) == [3]
    assert says.lower() in told(outcome, 1).lower()
    for value in cells.values():
        assert len(value) < 4 or value not in told(outcome, 1)
    with pytest.raises(ValueError, match="wrong"):
        entering.enter(table, choices, seen=outcome.sign, by=SYSTEM, today=TODAY)
    assert not Client.objects.exists()


def test_a_former_municipality_is_told_with_the_present_one(counsellor):
    outcome = enter({**ROW, "Kotikunta": "Nastola"})
    assert "Nastola" in told(outcome)
    assert "Lahti" in told(outcome)
    assert Client.objects.get().home_municipality == "398"


def test_the_same_row_twice_is_entered_once(counsellor):
    outcome = enter(ROW, ROW)
    assert states(outcome) == [State.NEW, State.DOUBLE]
    assert "rivi 2" in told(outcome, 1)
    assert Client.objects.count() == 1


@pytest.mark.parametrize("cell", [{"Kotikunta": "Espoo"}, {"Voimassa asti": "2.12.2026"}])
def test_two_rows_that_contradict_each_other_are_wrong(counsellor, cell):
    outcome = look(ROW, {**ROW, **cell})
    assert states(outcome) == [State.NEW, State.WRONG]
    assert "Rivillä 2" in told(outcome, 1)


def test_who_may_be_one_person_is_told_of_and_put_on_the_contacts_list(counsellor):
    known = ClientFactory(name="Toinen Nimi", email="aada@example.org", phone="")
    outcome = enter(ROW, {**ROW, "Etunimi": "Kaisa", "Syntymävuosi": "1985"})
    assert states(outcome) == [State.NEW, State.NEW]
    assert "rivillä 2" in told(outcome, 1)
    pairs = [{each.client, each.other} for each in LikelyDuplicate.objects.all()]
    aada, kaisa = (Client.objects.get(name__startswith=name) for name in ("Aada", "Kaisa"))
    assert {aada, known} in pairs
    assert {aada, kaisa} in pairs
    assert len(pairs) == 3


def test_namesakes_of_other_birth_years_are_two(counsellor):
    outcome = enter(ROW, {**ROW, "Syntymävuosi": "1990", "Sähköposti": "", "Puhelin": ""})
    assert states(outcome) == [State.NEW, State.NEW]


def test_a_row_about_a_restricted_client_is_not_entered(counsellor):
    client = ClientFactory(name="Aada Esimerkki", restricted_on=TODAY)
    assert states(look(ROW)) == [State.WRONG]
    assert not client.orders.exists()


def test_whom_it_was_compared_with_is_logged(counsellor, main_user):
    client = ClientFactory(name="Aada Esimerkki")
    ClientFactory(name="Aivan Muu", email="", phone="")
    look(ROW, by=main_user)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.actor) == (Action.LIST, main_user.pk)
    assert [each.client for each in AccessLogSubject.objects.all()] == [client.pk]


def test_what_changed_since_it_was_looked_at_is_not_done(counsellor):
    table, choices = read(ROW)
    seen = entering.look(table, choices, by=SYSTEM, today=TODAY).sign
    ServiceOrderFactory(client=ClientFactory(name="Aada Esimerkki"))
    with pytest.raises(Stale):
        entering.enter(table, choices, seen=seen, by=SYSTEM, today=TODAY)
    assert Client.objects.count() == 1


def test_what_fails_in_the_middle_leaves_nothing(counsellor, monkeypatch):
    add, calls = entering.add_with_another, []

    def fails(row, **kwargs):
        calls.append(row)
        if len(calls) == 5:
            raise DatabaseError
        return add(row, **kwargs)

    monkeypatch.setattr(entering, "add_with_another", fails)
    with pytest.raises(DatabaseError):
        enter(ROW, EERO)
    assert not Client.objects.exists()
    assert not AccessLogEntry.objects.exclude(action=Action.LIST).exists()


def test_the_first_clients_wait_until_the_staff_were_heard(counsellor):
    """Act 759/2004, as for a client whom a counsellor adds."""
    StaffHearing.objects.all().delete()
    with pytest.raises(ValidationError):
        enter(ROW)
    assert not Client.objects.exists()


def test_a_main_user_who_takes_clients_stands_on_the_contacts_list():
    """C33: who gives clients to counsellors could give all of them to themselves."""
    both = offered()
    both.groups.add(*staff(Role.MAIN_USER).groups.all())
    enter(ROW, by=both)
    assert AccessChange.objects.get().client == Client.objects.get().pk
