"""C38: reads are logged in the transaction that fetches them, or nothing is read."""

from datetime import date

import pytest
from django.db import DatabaseError

from register.domain import access_log, clients
from register.enums import Purpose, Role
from register.models import AccessLogEntry, AccessLogSubject, Client
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db


def test_it_logs_one_entry_per_read_and_one_subject_per_client():
    counsellor = staff(Role.COUNSELLOR)
    own = [AssignmentFactory(user=counsellor).content_object for _ in range(3)]
    ClientFactory()

    rows = access_log.read(Client, to=counsellor, view="client_list")

    assert set(rows) == set(own)
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.count, entry.purpose) == (counsellor.pk, 3, Purpose.GUIDANCE)
    subjects = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert set(subjects) == {client.pk for client in own}


def test_it_gives_no_data_when_the_log_cannot_be_written(monkeypatch):
    counsellor = staff(Role.COUNSELLOR)
    AssignmentFactory(user=counsellor)

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    with pytest.raises(DatabaseError):
        access_log.read(Client, to=counsellor, view="client_list")


def test_it_logs_a_hold_as_the_purpose_of_the_data_protection_contact():
    contact = staff(Role.DATA_PROTECTION)
    held = HoldFactory().client

    assert access_log.read(Client, to=contact, view="client_card") == [held]
    assert AccessLogEntry.objects.get().purpose == Purpose.RIGHTS


def test_it_names_the_client_of_a_note():
    note = NoteFactory()
    assert access_log.clients_of([note]) == [note.order.client_id]


def test_entries_are_append_only():
    entry = access_log.record(by=None, action="view", purpose="guidance", model=Client, view="x")
    entry.view = "changed"
    for attempt in (entry.save, entry.delete, AccessLogEntry.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()


def test_a_change_is_rolled_back_when_its_log_entry_fails(monkeypatch):
    counsellor = staff(Role.COUNSELLOR)
    order = ServiceOrderFactory.build(
        client=None, service=ServiceFactory(), office=OfficeFactory(), counsellor=None
    )
    order.counsellor = counsellor.staff_member

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    with pytest.raises(DatabaseError):
        clients.add(
            client=ClientFactory.build(), order=order, by=counsellor, today=date(2026, 1, 2)
        )
    assert not Client.objects.exists()


def test_a_list_of_own_and_held_clients_is_logged_by_purpose():
    both = staff(Role.COUNSELLOR, Role.DATA_PROTECTION)
    own = AssignmentFactory(user=both).content_object
    held = HoldFactory().client

    access_log.read(Client, to=both, view="client_list")

    logged = {
        entry.purpose: AccessLogSubject.objects.get(entry=entry.pk).client
        for entry in AccessLogEntry.objects.all()
    }
    assert logged == {Purpose.GUIDANCE: own.pk, Purpose.RIGHTS: held.pk}
