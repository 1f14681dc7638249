"""C18: rotation brings all under the current key and overwrites nothing that does not open."""

import base64
import os
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from register.domain.operations import key_rotation
from register.domain.operations.keys import enroll
from register.models import AccessLogEntry, EncryptionKey, Feedback, Note
from register.models.access_log import Action
from tests.factories import HoldFactory, NoteFactory, ServiceOrderFactory


def a_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


OLD, NEW = a_key(), a_key()


@pytest.fixture
def keys(settings, db):
    def use(**keys: str) -> None:
        settings.REGISTER = settings.REGISTER | {"ENCRYPTION_KEYS": keys}
        enroll(today=localdate())

    EncryptionKey.objects.all().delete()
    use(old=OLD)
    return use


@pytest.mark.django_db
def test_every_encrypted_column_is_found():
    assert {column.label for column in key_rotation.columns()} >= {
        "register.Note.text",
        "register.Hold.reason",
        "register.Feedback.answers",
        "register.ServiceOrder.specification",
    }


@pytest.mark.django_db
def test_rotation_brings_everything_under_the_current_key(keys, monkeypatch, capsys):
    monkeypatch.setattr(key_rotation, "BATCH", 2)
    notes = [NoteFactory(text=f"toive {n}") for n in range(5)]
    hold = HoldFactory(reason="riita")
    keys(new=NEW, old=OLD)
    fresh = NoteFactory(text="uusi toive")

    call_command("rotate_encryption_keys")
    assert re.search(r"register\.Note\.text: \D*5\b", capsys.readouterr().out)
    call_command("rotate_encryption_keys")
    assert re.search(r"register\.Note\.text: \D*0\b", capsys.readouterr().out)

    keys(new=NEW)
    for n, note in enumerate(notes):
        note.refresh_from_db()
        assert note.text == f"toive {n}"
    hold.refresh_from_db()
    assert hold.reason == "riita"
    stored = fresh.text_encrypted
    fresh.refresh_from_db()
    assert fresh.text_encrypted == stored


@pytest.mark.django_db
def test_rotation_passes_an_empty_column_over(keys):
    order = ServiceOrderFactory(specification="")
    keys(new=NEW, old=OLD)
    call_command("rotate_encryption_keys")
    order.refresh_from_db()
    assert order.specification_encrypted == ""


@pytest.mark.django_db
def test_rotation_never_overwrites_what_it_cannot_open(keys):
    good, moved = NoteFactory(text="toive"), NoteFactory(text="toinen")
    Note.objects.filter(pk=moved.pk).update(text_encrypted=good.text_encrypted)
    keys(new=NEW, old=OLD)
    with pytest.raises(CommandError, match="1"):
        call_command("rotate_encryption_keys")
    moved.refresh_from_db()
    assert moved.text_encrypted == good.text_encrypted
    good.refresh_from_db()
    assert good.text_encrypted.startswith("new.")
    entry = AccessLogEntry.objects.get(action=Action.UNREADABLE)
    assert (entry.actor, entry.object_key, entry.view) == (None, str(moved.pk), "key_rotation")


@pytest.mark.django_db
def test_a_value_of_an_unknown_key_keeps_no_other_from_being_rotated(keys):
    notes = sorted((NoteFactory(text="toive") for _ in range(3)), key=lambda note: note.pk)
    unknown = notes[0].text_encrypted.replace("old.", "lost.")
    Note.objects.filter(pk=notes[0].pk).update(text_encrypted=unknown)
    keys(new=NEW, old=OLD)
    with pytest.raises(CommandError, match="'lost' is not configured"):
        call_command("rotate_encryption_keys")
    for note in notes:
        note.refresh_from_db()
    assert notes[0].text_encrypted == unknown
    assert all(note.text_encrypted.startswith("new.") for note in notes[1:])


@pytest.mark.django_db
def test_rotation_refuses_when_an_old_key_is_missing(keys):
    feedback = Feedback.objects.create(answers="[]")
    keys(new=NEW)
    with pytest.raises(CommandError, match="Avain old puuttuu"):
        call_command("rotate_encryption_keys")
    stored = feedback.answers_encrypted
    feedback.refresh_from_db()
    assert feedback.answers_encrypted == stored


@pytest.mark.django_db
def test_it_says_done_only_when_each_value_has_been_opened(keys, capsys):
    NoteFactory(text="toive")
    HoldFactory(reason="riita")
    keys(new=NEW, old=OLD)
    call_command("rotate_encryption_keys")
    said = capsys.readouterr().out
    assert re.search(r"\b2 arvoa avautuu, .* new\b", said)
    assert re.search(r"ei enää tarvita.*: old", said)
    assert EncryptionKey.objects.get(key_id="old").retired_on == localdate()


@pytest.mark.django_db
def test_a_value_written_under_the_old_key_meanwhile_is_not_passed_over(keys, monkeypatch, capsys):
    """As by a web process that was not restarted, behind the rotation's back."""
    note = NoteFactory(text="toive")
    keys(new=NEW, old=OLD)
    before, rotate = note.text_encrypted, key_rotation.rotate

    def rotate_and_write(column):
        result = rotate(column)
        Note.objects.filter(pk=note.pk).update(text_encrypted=before)
        return result

    monkeypatch.setattr(key_rotation, "rotate", rotate_and_write)
    with pytest.raises(CommandError, match=r"register\.Note\.text"):
        call_command("rotate_encryption_keys")
    assert "ei enää tarvita" not in capsys.readouterr().out
    assert EncryptionKey.objects.get(key_id="old").retired_on is None


@pytest.mark.django_db
def test_an_id_in_other_letters_is_another_key(keys):
    """SQLite's LIKE takes k1 for K1, as older registers may have named theirs."""
    note = NoteFactory(text="toive")
    Note.objects.update(text_encrypted=note.text_encrypted.replace("old.", "OLD."))
    column = key_rotation.Column(Note, vars(Note)["text"])
    assert [row.pk for row in key_rotation.outdated(column)] == [note.pk]
    assert not key_rotation.under(column, "old").exists()
