"""C18, C20: a note is written on orders of own clients and changed by its author."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from register.domain.orders import notes
from register.exceptions import Erased, NotAllowed, Stale
from register.models import AccessLogEntry, AccessLogSubject, Note
from register.models.access_log import Action
from register.models.orders import NoteBasis, NoteKind
from register.models.staff import Role
from tests.factories import AssignmentFactory, HoldFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
VALUES = {"met_on": TODAY, "basis": NoteBasis.TOLD_BY_CLIENT, "text": "Keksitty toive."}


@pytest.fixture
def counsellor():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def order(counsellor):
    order = ServiceOrderFactory()
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


def test_a_note_is_signed_by_its_author_and_encrypted(counsellor, order):
    notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)
    note = Note.objects.get()
    assert (note.author, note.text) == (counsellor.staff_member, "Keksitty toive.")
    assert "toive" not in note.text_encrypted


def test_no_note_is_written_on_a_colleagues_order(counsellor):
    with pytest.raises(NotAllowed):
        notes.write_note(order=ServiceOrderFactory(), values=VALUES, by=counsellor, today=TODAY)


def test_only_the_author_changes_a_note(counsellor, order):
    colleague = staff(Role.COUNSELLOR)
    AssignmentFactory(user=colleague, content_object=order.client)
    note = notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)
    change = {"note": note, "changes": {"text": "Uusi."}, "seen": 1, "today": TODAY}
    with pytest.raises(NotAllowed):
        notes.change_note(by=colleague, **change)
    assert notes.change_note(by=counsellor, **change).text == "Uusi."


def test_the_same_text_saved_again_is_no_change(counsellor, order):
    note = notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)
    again = notes.change_note(note=note, changes=VALUES, seen=1, by=counsellor, today=TODAY)
    assert (again.version, again.text_encrypted) == (1, note.text_encrypted)


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "-", "…"])
def test_a_note_that_says_nothing_is_refused(counsellor, order, nothing):
    values = VALUES | {"text": nothing}
    with pytest.raises(ValidationError, match="text"):
        notes.write_note(order=order, values=values, by=counsellor, today=TODAY)
    note = notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)
    changes = {"text": nothing}
    with pytest.raises(ValidationError, match="text"):
        notes.change_note(note=note, changes=changes, seen=None, by=counsellor, today=TODAY)
    assert Note.objects.get().text == "Keksitty toive."


# --- what a note is about


def test_a_note_is_written_before_the_service_starts(counsellor, order):
    order.starts_on, order.planned_end = date(2026, 9, 1), date(2026, 12, 1)
    order.save()
    notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)
    assert Note.objects.get().met_on == TODAY


@pytest.mark.parametrize("end", ["actual_end", "cancelled_on"])
def test_no_note_is_of_the_future_or_from_after_the_end(counsellor, order, end):
    tomorrow = {**VALUES, "met_on": date(2026, 6, 16)}
    with pytest.raises(ValidationError, match="met_on"):
        notes.write_note(order=order, values=tomorrow, by=counsellor, today=TODAY)
    type(order).objects.update(**{end: date(2026, 6, 14)})
    with pytest.raises(ValidationError, match="met_on"):
        notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)


@pytest.mark.parametrize("kind", NoteKind)
def test_a_no_show_alone_prolongs_nothing(counsellor, order, kind):
    """C44."""
    values = {**VALUES, "kind": kind, "met_on": date(2027, 2, 1)}
    notes.write_note(order=order, values=values, by=counsellor, today=date(2027, 2, 1))
    ends_on = type(order).objects.with_end().get(pk=order.pk).ends_on
    assert ends_on == (date(2026, 12, 1) if kind == NoteKind.NO_SHOW else date(2027, 2, 1))


# --- a note written to the wrong client


@pytest.fixture
def note(counsellor, order):
    return notes.write_note(order=order, values=VALUES, by=counsellor, today=TODAY)


@pytest.fixture
def other_order(counsellor):
    other = ServiceOrderFactory()
    AssignmentFactory(user=counsellor, content_object=other.client)
    return other


def subjects(action):
    entries = AccessLogEntry.objects.filter(action=action).values("pk")
    return set(AccessLogSubject.objects.filter(entry__in=entries).values_list("client", flat=True))


def test_a_note_is_moved_and_logged_for_both_clients(counsellor, note, other_order):
    notes.move_note(note=note, to=other_order, seen=1, by=counsellor, today=TODAY)
    moved = Note.objects.get()
    assert (moved.order, moved.text) == (other_order, "Keksitty toive.")
    assert subjects(Action.CHANGE) == {note.order.client_id, other_order.client_id}


def test_a_note_is_moved_by_its_author_and_to_own_clients_only(counsellor, note, other_order):
    colleague = staff(Role.COUNSELLOR)
    for order in (note.order, other_order):
        AssignmentFactory(user=colleague, content_object=order.client)
    with pytest.raises(NotAllowed):
        notes.move_note(note=note, to=other_order, seen=1, by=colleague, today=TODAY)
    with pytest.raises(NotAllowed):
        notes.move_note(note=note, to=ServiceOrderFactory(), seen=1, by=counsellor, today=TODAY)


def test_a_note_is_not_moved_to_a_service_that_was_over(counsellor, note, other_order):
    type(other_order).objects.filter(pk=other_order.pk).update(actual_end=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="met_on"):
        notes.move_note(note=note, to=other_order, seen=1, by=counsellor, today=TODAY)
    assert Note.objects.get().order == note.order


def test_its_author_removes_a_note_for_good(counsellor, note):
    notes.remove_note(note=note, seen=1, by=counsellor, today=TODAY)
    assert not Note.objects.exists()
    assert subjects(Action.DELETE) == {note.order.client_id}


def test_nobody_else_removes_it(note):
    colleague = staff(Role.COUNSELLOR)
    AssignmentFactory(user=colleague, content_object=note.order.client)
    with pytest.raises(NotAllowed):
        notes.remove_note(note=note, seen=1, by=colleague, today=TODAY)


def test_what_is_on_hold_is_not_removed(counsellor, note):
    HoldFactory(client=note.order.client)
    with pytest.raises(ValidationError, match="lykätty"):
        notes.remove_note(note=note, seen=1, by=counsellor, today=TODAY)
    assert Note.objects.get() == note


def test_a_note_that_was_moved_or_removed_meanwhile_is_told(counsellor, note, other_order):
    notes.move_note(note=note, to=other_order, seen=1, by=counsellor, today=TODAY)
    with pytest.raises(Stale):
        notes.remove_note(note=note, seen=None, by=counsellor, today=TODAY)
    notes.remove_note(note=Note.objects.get(), seen=2, by=counsellor, today=TODAY)
    with pytest.raises(Erased):
        notes.remove_note(note=note, seen=1, by=counsellor, today=TODAY)
