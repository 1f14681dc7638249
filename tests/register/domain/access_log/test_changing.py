"""The one way to change a row: lock, gate, version, check, save, record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError, connection
from django.db.models import ProtectedError

from register.access.standing import SYSTEM
from register.domain.access_log import changing as module
from register.domain.access_log.changing import add, changing, remove
from register.exceptions import Erased, NotAllowed, Stale
from register.models import AccessLogEntry, Note, Office, Processor, Service, ServiceOrder
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def keeper():
    return staff(Role.MAIN_USER)


@pytest.fixture
def service():
    return ServiceFactory(name="Uraohjaus", price=100)


def change(row, *, by, seen=None, **values):
    with changing(row, by=by, today=TODAY, view="test", seen=seen) as found:
        found.set(**values)
    return found


def stored(row):
    return type(row)._base_manager.get(pk=row.pk)


def test_it_saves_and_records_what_differs(service, keeper):
    done = change(service, by=keeper, seen=1, name="Uraohjaus", price=120)
    assert (stored(service).price, stored(service).version) == (120, 2)
    entry = AccessLogEntry.objects.get()
    assert done.entry == entry
    assert (entry.action, entry.actor, entry.model, entry.object_key) == (
        Action.CHANGE,
        keeper.pk,
        "register.Service",
        str(service.pk),
    )
    assert entry.details == {"fields": ["price"], "version": 2}


def test_what_does_not_differ_is_no_change(service, keeper):
    done = change(service, by=keeper, seen=1, name="Uraohjaus", price=100)
    assert (done.entry, stored(service).version) == (None, 1)
    assert not AccessLogEntry.objects.exists()


def test_there_and_back_is_no_change(service, keeper):
    with changing(service, by=keeper, today=TODAY, view="test", seen=1) as found:
        found.set(price=1)
        found.set(price=100)
    assert stored(service).version == 1


def test_before_and_after_stand_side_by_side(service, keeper):
    with changing(service, by=keeper, today=TODAY, view="test", seen=1) as found:
        found.set(price=120)
        assert (found.before.price, found.row.price, found.fields) == (100, 120, ["price"])


def test_the_row_in_the_callers_hand_is_not_touched(service, keeper):
    change(service, by=keeper, price=120)
    assert (service.price, service.version) == (100, 1)


def test_an_older_row_in_the_callers_hand_writes_nothing_back(service, keeper):
    """Seen: a stale save of one field silently undid what others had changed."""
    Service.objects.update(active=False)
    change(service, by=keeper, price=120)
    assert (stored(service).price, stored(service).active) == (120, False)


def test_an_encrypted_text_that_is_the_same_is_no_change():
    note = NoteFactory(text="Keskusteltiin.")
    before = stored(note).text_encrypted
    change(note, by=SYSTEM, text="Keskusteltiin.")
    assert (stored(note).text_encrypted, stored(note).version) == (before, 1)


def test_an_encrypted_text_is_saved_encrypted_and_recorded_by_its_column():
    note = NoteFactory(text="Keskusteltiin.")
    change(note, by=SYSTEM, text="Sovittiin tapaamisesta.")
    assert stored(note).text == "Sovittiin tapaamisesta."
    assert "Sovittiin" not in stored(note).text_encrypted
    assert AccessLogEntry.objects.get().details["fields"] == ["text_encrypted"]


def test_something_beside_the_row_can_be_the_change(service, keeper):
    with changing(service, by=keeper, today=TODAY, view="test", seen=1) as found:
        found.touch()
        found.details["account"] = ["password"]
    assert stored(service).version == 2
    assert AccessLogEntry.objects.get().details == {"version": 2, "account": ["password"]}


@pytest.mark.parametrize("values", [{"price": -1}, {"name": ""}, {"name": "x" * 101}])
def test_a_value_that_does_not_fit_changes_nothing(service, keeper, values):
    with pytest.raises(ValidationError) as refused:
        change(service, by=keeper, **values)
    assert set(refused.value.message_dict) == set(values)
    assert (stored(service).version, AccessLogEntry.objects.exists()) == (1, False)
    assert (service.name, service.price) == ("Uraohjaus", 100)


def test_a_name_that_is_taken_does_not_fit(service, keeper):
    ServiceFactory(name="Työnhaku")
    with pytest.raises(ValidationError):
        change(service, by=keeper, name="Työnhaku")


def test_the_rules_of_the_row_as_a_whole_hold(keeper):
    processor = ProcessorFactory(contract_signed_on=None, active=False)
    with pytest.raises(ValidationError) as refused:
        change(processor, by=keeper, active=True)
    assert "contract_signed_on" in refused.value.message_dict
    assert not stored(processor).active


def test_a_value_from_before_a_rule_stands_in_nobodys_way(keeper):
    processor = ProcessorFactory(kind="courier")
    change(processor, by=keeper, name="Uusi Nimi Oy")
    assert stored(processor).name == "Uusi Nimi Oy"


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (ServiceOrder, "restricted_on", None),
        (ServiceOrder, "client", None),
        (ServiceOrder, "counsellor", None),
        (ServiceOrder, "version", 1),
        (ServiceOrder, "id", None),
        (ServiceOrder, "specification_encrypted", ""),
        (Note, "author", None),
        (Note, "order", None),
    ],
)
def test_what_nobody_edits_cannot_be_set(model, name, value):
    row = {ServiceOrder: ServiceOrderFactory, Note: NoteFactory}[model]()
    with pytest.raises(ValueError, match=name):
        change(row, by=SYSTEM, **{name: value})


def test_a_field_that_does_not_exist_cannot_be_set(service):
    with pytest.raises(FieldDoesNotExist):
        change(service, by=SYSTEM, colour="red")


def test_the_gate_is_asked_before_anything_is_told_or_done(service):
    """Whoever may not change the row learns nothing of its version either."""
    with (
        pytest.raises(NotAllowed),
        changing(service, by=staff(Role.COUNSELLOR), today=TODAY, view="test", seen=99),
    ):
        pytest.fail("The gate let in somebody who may not change this.")


def test_an_assignment_that_ended_since_the_page_was_shown_closes_the_row():
    counsellor = staff(Role.COUNSELLOR)
    assignment = AssignmentFactory(user=counsellor)
    order = ServiceOrderFactory(client=assignment.content_object)
    assignment.valid_until = date(2026, 11, 24)
    assignment.save()
    with pytest.raises(NotAllowed):
        change(order, by=counsellor, seen=1, price=1)


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_another_version_than_the_one_seen_is_refused(service, keeper, seen):
    service.save()
    with pytest.raises(Stale):
        change(service, by=keeper, seen=seen, price=120)
    assert stored(service).price == 100


def test_an_erased_row_is_refused(service, keeper):
    Service.objects.all().delete()
    with pytest.raises(Erased):
        change(service, by=keeper, seen=1, price=120)


HOW = {"today": TODAY, "view": "test"}


@pytest.mark.parametrize(
    "attempt",
    [
        lambda row, by: change(row, by=by, price=120),
        lambda row, by: add(Service(name="Uusi"), by=by, **HOW),
        lambda row, by: remove(row, by=by, seen=1, **HOW),
    ],
    ids=["change", "add", "remove"],
)
def test_nothing_is_done_that_cannot_be_recorded(service, keeper, monkeypatch, attempt):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(module, "record_change", fail)
    with pytest.raises(DatabaseError):
        attempt(service, keeper)
    assert [(each.name, each.price) for each in Service.objects.all()] == [("Uraohjaus", 100)]


def test_an_added_row_is_checked_and_recorded(keeper):
    office = add(Office(name="Vantaa"), by=keeper, **HOW)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.object_key) == (Action.CREATE, str(office.pk))
    with pytest.raises(ValidationError):
        add(Office(name=""), by=keeper, **HOW)
    with pytest.raises(ValidationError):
        add(Processor(name="x", active=True), by=keeper, **HOW)
    with pytest.raises(NotAllowed):
        add(Office(name="Espoo"), by=staff(Role.COUNSELLOR), **HOW)
    assert Office.objects.count() == 1


def test_a_removed_row_leaves_its_name_in_the_log(keeper):
    office = OfficeFactory()
    remove(office, by=keeper, today=TODAY, view="test", seen=1)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.model, entry.object_key) == (
        Action.DELETE,
        "register.Office",
        str(office.pk),
    )
    assert not Office.objects.exists()


def test_a_row_is_not_removed_when_it_is_used_unseen_gone_or_not_ones_own(keeper):
    office = ServiceOrderFactory().office
    with pytest.raises(ProtectedError):
        remove(office, by=keeper, seen=1, **HOW)
    with pytest.raises(Stale):
        remove(office, by=keeper, seen=2, **HOW)
    for other in (staff(Role.COUNSELLOR), SYSTEM):
        with pytest.raises(NotAllowed):
            remove(office, by=other, seen=1, **HOW)
    assert Office.objects.exists()
    with pytest.raises(Erased):
        remove(Office(pk=0), by=keeper, seen=1, **HOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_the_same_moment_the_second_is_told():
    """Two connections: the second waits for the lock, and then compares what the first saved."""
    keepers = staff(Role.MAIN_USER), staff(Role.MAIN_USER)
    service = ServiceFactory(price=100)
    first_is_in = Event()

    def first():
        with changing(service, by=keepers[0], today=TODAY, view="test", seen=1) as found:
            first_is_in.set()
            found.set(price=110)
            second_has_come.wait(timeout=1)
        return "saved"

    second_has_come = Event()

    def second():
        first_is_in.wait(timeout=20)
        second_has_come.set()
        change(service, by=keepers[1], seen=1, price=120)
        return "saved"

    def outcome(attempt):
        try:
            return attempt()
        except Stale:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(outcome, [first, second])) == ["saved", "told"]
    assert (stored(service).price, stored(service).version) == (110, 2)
    assert AccessLogEntry.objects.count() == 1
