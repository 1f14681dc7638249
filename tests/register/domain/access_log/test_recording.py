"""C38: an entry names its object by an opaque key, whatever the object, and holds no value."""

import json
from datetime import date

import pytest
from wagtail.log_actions import registry

from register.access.standing import SYSTEM
from register.domain.access_log import reading
from register.domain.access_log.recording import (
    NOT_IN_HISTORY,
    record,
    record_change,
    wagtail_action,
)
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    Client,
    Note,
    Office,
    RegisterLogEntry,
    ServiceOrder,
    StaffMember,
)
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def write(objects=(), *, action=Action.VIEW, model=ServiceOrder, **more):
    return record(
        by=SYSTEM,
        action=action,
        purpose=Purpose.GUIDANCE,
        model=model,
        view="test",
        objects=objects,
        **more,
    )


def test_a_single_object_is_named_by_its_key():
    order = ServiceOrderFactory()
    entry = write([order])
    assert (entry.object_key, entry.details) == (str(order.pk), {})


def test_several_objects_are_named_in_the_details():
    orders = ServiceOrderFactory.create_batch(2)
    entry = write(orders)
    assert entry.object_key == ""
    assert entry.details == {"objects": [str(order.pk) for order in orders]}


def test_several_clients_are_named_as_its_subjects():
    clients = ClientFactory.create_batch(2)
    entry = write(clients, model=Client, clients=[client.pk for client in clients])
    assert entry.details == {}
    named = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert set(named) == {client.pk for client in clients}


def test_a_client_is_a_subject_once():
    client = ClientFactory()
    entry = write(clients=[client.pk, client.pk])
    assert (entry.count, AccessLogSubject.objects.count()) == (1, 1)


def test_a_change_names_fields_and_version_and_no_value():
    order = ServiceOrderFactory(specification="Salainen tarkennus")
    entry = record_change(
        order,
        by=SYSTEM,
        today=TODAY,
        action=Action.CHANGE,
        view="test",
        fields=["price", "manner"],
    )
    assert entry.details == {"fields": ["manner", "price"], "version": 1}
    assert AccessLogSubject.objects.get().client == order.client_id
    kept = json.dumps(
        [*AccessLogEntry.objects.values(), *RegisterLogEntry.objects.values()], default=str
    )
    for value in (order.client.name, order.client.email, "Salainen", str(order.service)):
        assert value not in kept


@pytest.mark.parametrize("action", Action)
def test_what_is_done_to_an_object_is_in_its_history_and_reading_is_not(action):
    user, office = staff(Role.MAIN_USER), OfficeFactory()
    record(by=user, action=action, purpose=Purpose.RIGHTS, model=Office, view="x", objects=[office])
    history = registry.get_logs_for_instance(office)
    assert [entry.user for entry in history] == ([] if action in NOT_IN_HISTORY else [user])
    for entry in history:
        assert entry.action == wagtail_action(action)
        assert str(entry.message)


def test_a_history_keeps_what_the_log_keeps():
    office = OfficeFactory()
    record_change(office, by=SYSTEM, today=TODAY, action=Action.CHANGE, view="x", fields=["active"])
    entry = registry.get_logs_for_instance(office).get()
    assert entry.data == {"fields": ["active"], "version": 1}
    assert (entry.label, entry.user) == (str(office), None)


def test_a_list_of_objects_names_each():
    main_user = staff(Role.MAIN_USER)
    members = reading.read(StaffMember, to=main_user, today=TODAY, view="list")
    assert len(members) == 1
    other = staff()
    reading.read(StaffMember, to=main_user, today=TODAY, view="list", action=Action.LIST)
    alone, both = AccessLogEntry.objects.order_by("pk")
    assert alone.object_key == str(main_user.staff_member.pk)
    assert set(both.details["objects"]) == {
        str(main_user.staff_member.pk),
        str(other.staff_member.pk),
    }
    assert (alone.count, both.count) == (1, 2)


def test_a_list_for_two_purposes_names_in_each_entry_what_it_was_used_for():
    both = staff(Role.COUNSELLOR, Role.DATA_PROTECTION)
    own = NoteFactory.create_batch(2)
    for note in own:
        AssignmentFactory(user=both, content_object=note.order.client)
    held = NoteFactory()
    HoldFactory(client=held.order.client)

    reading.read(Note, to=both, today=TODAY, view="list")

    entries = {entry.purpose: entry for entry in AccessLogEntry.objects.all()}
    assert set(entries) == {Purpose.GUIDANCE, Purpose.RIGHTS}
    assert set(entries[Purpose.GUIDANCE].details["objects"]) == {str(note.pk) for note in own}
    assert entries[Purpose.RIGHTS].object_key == str(held.pk)
    assert [entries[purpose].count for purpose in (Purpose.GUIDANCE, Purpose.RIGHTS)] == [2, 1]
