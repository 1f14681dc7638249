"""C18: what clients tell is readable with its key, in its place, and nowhere else."""

import base64
import os
import re
import uuid

import pytest
from django.core.management import CommandError, call_command

from register.domain import key_rotation
from register.encryption import decrypt, encrypt
from register.exceptions import CannotDecrypt, KeyUnavailable
from register.models import Feedback, Note
from tests.factories import HoldFactory, NoteFactory, ServiceOrderFactory

PLACE = "register.note:1:text"


def a_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


OLD, NEW = a_key(), a_key()


@pytest.fixture
def keys(settings):
    def use(**keys: str) -> None:
        settings.REGISTER = settings.REGISTER | {"ENCRYPTION_KEYS": keys}

    use(old=OLD)
    return use


def test_a_value_opens_in_its_place(keys):
    stored = encrypt("Äänetön toive", context=PLACE)
    assert stored.startswith("old.")
    assert "toive" not in stored
    assert decrypt(stored, context=PLACE) == "Äänetön toive"


def test_the_same_text_never_looks_the_same(keys):
    assert encrypt("sama", context=PLACE) != encrypt("sama", context=PLACE)


@pytest.mark.parametrize(
    "place", ["register.note:2:text", "register.note:1:other", "register.hold:1:text"]
)
def test_a_value_moved_to_another_row_field_or_model_refuses(keys, place):
    stored = encrypt("toive", context=PLACE)
    with pytest.raises(CannotDecrypt):
        decrypt(stored, context=place)


def test_a_value_under_another_key_id_refuses(keys):
    keys(old=OLD, twin=OLD)
    stored = encrypt("toive", context=PLACE)
    with pytest.raises(CannotDecrypt):
        decrypt(stored.replace("old.", "twin."), context=PLACE)


@pytest.mark.parametrize("damage", ["old.", "old.AAAA", "old.???", "old." + "A" * 40])
def test_a_damaged_value_refuses(keys, damage):
    with pytest.raises(CannotDecrypt):
        decrypt(damage, context=PLACE)


def test_a_wrong_key_refuses_and_says_nothing_of_the_value(keys):
    stored = encrypt("toive", context=PLACE)
    keys(old=NEW)
    with pytest.raises(CannotDecrypt) as refusal:
        decrypt(stored, context=PLACE)
    assert stored[4:] not in str(refusal.value)


@pytest.mark.parametrize("rest", [{}, {"new": NEW}, {"old": "AAAA"}, {"old": "not base64"}])
def test_a_missing_or_unfit_key_refuses(keys, rest):
    stored = encrypt("toive", context=PLACE)
    keys(**rest)
    with pytest.raises(KeyUnavailable):
        decrypt(stored, context=PLACE)


def test_without_a_key_nothing_is_encrypted(keys):
    keys()
    with pytest.raises(KeyUnavailable):
        encrypt("toive", context=PLACE)


def test_a_missing_key_leaves_the_stored_value_as_it_was(keys):
    note = Note(id=uuid.uuid4(), text="toive")
    stored = note.text_encrypted
    keys()
    with pytest.raises(KeyUnavailable):
        note.text = "toinen"
    with pytest.raises(KeyUnavailable):
        _ = note.text
    assert note.text_encrypted == stored


def test_an_empty_text_is_an_empty_column(keys):
    note = Note(id=uuid.uuid4(), text="")
    assert (note.text_encrypted, note.text) == ("", "")


# --- rotation


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


@pytest.mark.django_db
def test_rotation_refuses_when_an_old_key_is_missing(keys):
    feedback = Feedback.objects.create(answers="[]")
    keys(new=NEW)
    with pytest.raises(CommandError, match="old"):
        call_command("rotate_encryption_keys")
    stored = feedback.answers_encrypted
    feedback.refresh_from_db()
    assert feedback.answers_encrypted == stored
