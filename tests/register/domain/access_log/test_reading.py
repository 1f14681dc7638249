"""C38: reads are logged in the transaction that fetches them, or nothing is read."""

from datetime import date

import pytest
from django.db import DatabaseError

from register.access.standing import SYSTEM
from register.domain.access_log import reading, recording
from register.domain.clients import records
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject, Client
from register.models.orders import Manner
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_it_logs_one_entry_per_read_and_one_subject_per_client():
    counsellor = staff(Role.COUNSELLOR)
    own = [AssignmentFactory(user=counsellor).content_object for _ in range(3)]
    ClientFactory()

    rows = reading.read(Client, to=counsellor, today=TODAY, view="client_list")

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
        reading.read(Client, to=counsellor, today=TODAY, view="client_list")


def test_it_logs_a_hold_as_the_purpose_of_the_data_protection_contact():
    contact = staff(Role.DATA_PROTECTION)
    held = HoldFactory().client

    assert reading.read(Client, to=contact, today=TODAY, view="client_card") == [held]
    assert AccessLogEntry.objects.get().purpose == Purpose.RIGHTS


def test_it_names_the_client_of_a_note():
    note = NoteFactory()
    assert recording.clients_of([note]) == [note.order.client_id]


def test_entries_are_append_only():
    entry = recording.record(by=SYSTEM, action="view", purpose="guidance", model=Client, view="x")
    entry.view = "changed"
    for attempt in (entry.save, entry.delete, AccessLogEntry.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()


def test_a_change_is_rolled_back_when_its_log_entry_fails(monkeypatch):
    counsellor = staff(Role.COUNSELLOR)
    facts = {"name": "Testi Henkilö", "email": "testi@example.org"}
    order = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "manner": Manner.REMOTE,
        "starts_on": date(2026, 1, 2),
        "planned_end": date(2026, 12, 1),
        "price": 0,
    }

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    with pytest.raises(DatabaseError):
        records.add(facts=facts, order=order, by=counsellor, today=date(2026, 1, 2))
    assert not Client.objects.exists()


def test_a_list_of_own_and_held_clients_is_logged_by_purpose():
    both = staff(Role.COUNSELLOR, Role.DATA_PROTECTION)
    own = AssignmentFactory(user=both).content_object
    held = HoldFactory().client

    reading.read(Client, to=both, today=TODAY, view="client_list")

    logged = {
        entry.purpose: AccessLogSubject.objects.get(entry=entry.pk).client
        for entry in AccessLogEntry.objects.all()
    }
    assert logged == {Purpose.GUIDANCE: own.pk, Purpose.RIGHTS: held.pk}
