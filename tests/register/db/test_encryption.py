"""C18: what clients tell is readable with its key, in its place, and nowhere else."""

import base64
import os
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from register.db.encryption import Unreadable, decrypt, encrypt
from register.exceptions import CannotDecrypt, KeyUnavailable
from register.models import Note, ServiceOrder

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
    assert note.text.is_unreadable
    assert note.text_encrypted == stored


def damage_of(note: Note, kind: str) -> str:
    """Return what the damaged column holds; the row's own key is "old"."""
    stored = note.text_encrypted
    return {
        "moved": encrypt("toive", context=f"register.note:{uuid.uuid4()}:text"),
        "cut short": stored[:20],
        "flipped": stored[:-8] + ("A" if stored[-8] != "A" else "B") + stored[-7:],
        "key unknown": stored.replace("old.", "older."),
        "plain text": "Asiakas kertoi. Se oli salaisuus",
        "one word": "salaisuus",
        "blanked": "",
        "no UTF-8": sealed_bytes(note, b"\xff\xfe"),
    }[kind]


def sealed_bytes(note: Note, content: bytes) -> str:
    nonce, place = b"n" * 12, f"register.note:{note.pk}:text:old".encode()
    sealed = AESGCM(base64.b64decode(OLD)).encrypt(nonce, content, place)
    return f"old.{base64.b64encode(nonce + sealed).decode()}"


DAMAGES = (
    *("moved", "cut short", "flipped", "key unknown"),
    *("plain text", "one word", "blanked", "no UTF-8"),
)


@pytest.fixture
def note(keys) -> Note:
    note = Note(id=uuid.uuid4(), text="toive")
    note._state.adding = False
    return note


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_value_reads_as_unreadable_and_is_never_overwritten(note, kind):
    note.text_encrypted = damaged = damage_of(note, kind)

    shown = note.text

    assert isinstance(shown, Unreadable)
    assert str(shown).startswith("Tätä ei voi lukea: ")
    for value in ("toinen", "", shown):
        with pytest.raises((CannotDecrypt, KeyUnavailable)) as refusal:
            note.text = value
        assert "salaisuus" not in str(refusal.value)
        assert "Asiakas" not in str(refusal.value)
    with pytest.raises((CannotDecrypt, KeyUnavailable)):
        Note.text.reencrypt(note)
    assert note.text_encrypted == damaged


def test_what_may_be_empty_is_not_damaged_by_being_so():
    order = ServiceOrder(id=uuid.uuid4())
    order._state.adding = False
    assert order.specification == ""


def test_a_missing_key_is_told_by_its_id(note):
    note.text_encrypted = damage_of(note, "key unknown")
    with pytest.raises(KeyUnavailable, match="'older'"):
        Note.text.opened(note)


def test_an_empty_text_is_an_empty_column(keys):
    note = Note(id=uuid.uuid4(), text="")
    assert (note.text_encrypted, note.text) == ("", "")


def test_what_names_no_key_is_told_by_no_name(keys):
    """It may be anything: a text that was written past the encryption, for one."""
    _, _dot, sealed = encrypt("toive", context=PLACE).partition(".")
    with pytest.raises(CannotDecrypt) as refusal:
        decrypt(f"Aada Keksitty.{sealed}", context=PLACE)
    assert "Aada" not in str(refusal.value)
