"""C18, C20: a note is written on orders of own clients and changed by its author."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from register.domain.orders import notes
from register.exceptions import NotAllowed
from register.models import Note
from register.models.orders import NoteBasis
from register.models.staff import Role
from tests.factories import AssignmentFactory, ServiceOrderFactory, staff

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
