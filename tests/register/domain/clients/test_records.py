"""C09–C13: a client is added with a service and is one's own; facts are corrected by the verb."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from register.domain.clients import duplicates, records
from register.exceptions import NotAllowed, Stale
from register.models import (
    AccessLogEntry,
    Assignment,
    Client,
    LikelyDuplicate,
    ServiceOrder,
    StaffHearing,
)
from register.models.access_log import Action
from register.models.orders import Manner
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    OfficeFactory,
    ServiceFactory,
    StaffHearingFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
FACTS = {"name": "Aada Esimerkki", "email": "aada@example.org"}


@pytest.fixture
def order():
    return {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "manner": Manner.REMOTE,
        "starts_on": TODAY,
        "planned_end": date(2026, 12, 1),
        "price": 0,
    }


@pytest.fixture
def counsellor():
    return staff(Role.COUNSELLOR)


@pytest.fixture(autouse=True)
def hearing():
    return StaffHearingFactory()


def test_the_first_client_waits_until_the_staff_were_heard(counsellor, order, hearing):
    """Act 759/2004: before their use of the register is logged."""
    hearing.delete()
    with pytest.raises(ValidationError, match="kuultava"):
        records.add(facts=FACTS, order=order, by=counsellor, today=TODAY)
    assert not Client.objects.exists()
    ClientFactory()
    records.add(facts=FACTS, order=order, by=counsellor, today=TODAY)


def test_a_hearing_that_is_to_come_lets_no_client_in(counsellor, order, hearing):
    StaffHearing.objects.update(held_on=date(2099, 1, 1))
    with pytest.raises(ValidationError, match="kuultava"):
        records.add(facts=FACTS, order=order, by=counsellor, today=TODAY)


def test_a_client_is_added_with_a_service_and_is_ones_own(counsellor, order):
    client = records.add(facts=FACTS, order=order, by=counsellor, today=TODAY)
    assert list(Client.objects.assigned_to(counsellor, on=TODAY)) == [client]
    assert client.created_on == TODAY
    assert ServiceOrder.objects.get(client=client).counsellor == counsellor.staff_member


def test_nothing_that_nobody_sees_is_kept(counsellor, order):
    hidden = {"name": "A\u030ake\u200b Öhman", "email": "ake@exam\u200bple.org"}
    records.add(facts=hidden, order=order, by=counsellor, today=TODAY)
    assert Client.objects.values_list("name", "email").get() == ("Åke Öhman", "ake@example.org")


@pytest.mark.parametrize("facts", [{"name": "\u200b\xad"}, {"name": "Mаija Virtanen"}])
def test_a_name_of_nothing_visible_or_of_two_alphabets_is_refused(counsellor, order, facts):
    with pytest.raises(ValidationError) as refusal:
        records.add(facts=FACTS | facts, order=order, by=counsellor, today=TODAY)
    assert set(refusal.value.message_dict) == {"name"}
    assert not Client.objects.exists()


@pytest.mark.parametrize("keeps", [True, False])
def test_a_client_added_for_a_colleague_is_kept_only_where_ticked(counsellor, order, keeps):
    eero = staff(Role.COUNSELLOR)
    client = records.add(
        facts=FACTS,
        order=order,
        responsible=eero.staff_member,
        keeps=keeps,
        by=counsellor,
        today=TODAY,
    )
    assert list(Client.objects.assigned_to(eero, on=TODAY)) == [client]
    assert bool(Client.objects.assigned_to(counsellor, on=TODAY)) == keeps
    assert ServiceOrder.objects.get(client=client).counsellor == eero.staff_member
    # That it was open to who added it stays known.
    assert Assignment.objects.open_on(TODAY).filter(user=counsellor).count() == 1
    given = AccessLogEntry.objects.filter(action=Action.ASSIGN).order_by("pk")
    wanted = [counsellor.pk, eero.pk] + [counsellor.pk] * (not keeps)
    assert [entry.details["counsellor"] for entry in given] == wanted


def test_likely_duplicates_of_a_client_added_for_a_colleague_are_told(counsellor, order):
    twin = AssignmentFactory(content_object__email=FACTS["email"]).content_object
    eero = staff(Role.COUNSELLOR).staff_member
    records.add(facts=FACTS, order=order, responsible=eero, by=counsellor, today=TODAY)
    assert LikelyDuplicate.objects.get().other == twin


def test_one_is_responsible_for_what_one_adds_for_oneself(counsellor, order):
    own = counsellor.staff_member
    client = records.add(facts=FACTS, order=order, responsible=own, by=counsellor, today=TODAY)
    assert list(Client.objects.assigned_to(counsellor, on=TODAY)) == [client]
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("shut", [{"suspended_from": TODAY}, {"agreement_signed_on": None}])
def test_nobody_is_added_for_a_colleague_who_could_not_open_it(counsellor, order, shut):
    eero = staff(Role.COUNSELLOR, **shut).staff_member
    with pytest.raises(ValidationError) as refusal:
        records.add(facts=FACTS, order=order, responsible=eero, by=counsellor, today=TODAY)
    assert set(refusal.value.message_dict) == {"responsible"}
    assert not Client.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNSELLOR}))
def test_only_a_counsellor_adds_clients(role, order):
    with pytest.raises(NotAllowed):
        records.add(facts=FACTS, order=order, by=staff(role), today=TODAY)
    assert not Client.objects.exists()


def test_an_unfit_order_leaves_no_client(counsellor, order):
    with pytest.raises(ValidationError):
        records.add(
            facts=FACTS, order=order | {"planned_end": date(2020, 1, 1)}, by=counsellor, today=TODAY
        )
    assert not Client.objects.exists()


def test_a_correction_notes_the_fields_and_no_value(counsellor):
    client = AssignmentFactory(user=counsellor).content_object
    changes = {"name": "Uusi Nimi", "email": client.email}
    records.change(client=client, changes=changes, seen=1, by=counsellor, today=TODAY)
    entry = AccessLogEntry.objects.get(action=Action.CHANGE)
    assert entry.object_key == str(client.pk)
    assert entry.details == {"fields": ["name"], "version": 2}


def test_a_correction_of_an_older_version_is_refused(counsellor):
    client = AssignmentFactory(user=counsellor).content_object
    records.change(client=client, changes={"name": "A"}, seen=1, by=counsellor, today=TODAY)
    with pytest.raises(Stale):
        records.change(client=client, changes={"name": "B"}, seen=1, by=counsellor, today=TODAY)
    assert Client.objects.get().name == "A"


def test_a_colleagues_client_is_not_corrected(counsellor):
    client = AssignmentFactory().content_object
    with pytest.raises(NotAllowed):
        records.change(client=client, changes={"name": "B"}, seen=1, by=counsellor, today=TODAY)


def test_a_change_whose_duplicates_cannot_be_reported_is_not_made(counsellor, monkeypatch):
    client = AssignmentFactory(user=counsellor).content_object

    def fail(**kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(duplicates, "report_duplicates", fail)
    with pytest.raises(DatabaseError):
        records.change(client=client, changes={"name": "B"}, seen=1, by=counsellor, today=TODAY)
    assert Client.objects.get().name == client.name
    assert not AccessLogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_change_clients_that_are_alike_do_not_wait_for_each_other(monkeypatch):
    """Each holds the own client and refers to the other's: on PostgreSQL this was a deadlock."""
    people = [staff(Role.COUNSELLOR), staff(Role.COUNSELLOR)]
    clients = [
        AssignmentFactory(user=user, content_object__email="sama@example.org").content_object
        for user in people
    ]
    both_hold_their_row, report = Barrier(2), duplicates.report_duplicates

    def report_later(**kwargs):
        # SQLite lets one in at a time: there the other one can't come.
        with suppress(BrokenBarrierError):
            both_hold_their_row.wait(timeout=2)
        return report(**kwargs)

    monkeypatch.setattr(duplicates, "report_duplicates", report_later)

    def change(client, user):
        try:
            records.change(client=client, changes={"name": "B"}, seen=1, by=user, today=TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(change, clients, people))
    assert {client.name for client in Client.objects.all()} == {"B"}
    assert LikelyDuplicate.objects.count() == 2
