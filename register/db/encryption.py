"""Encryption at rest of what clients tell (C18): AES-256-GCM, bound to its row and field.

A stored value reads `key-id.base64(nonce + ciphertext + tag)`. The associated data names model,
row, field and key, so a value copied to another row or field does not open. Keys come from the
settings by key id only; a missing or wrong key refuses, and nothing is overwritten.

One value that does not open must not hide the others: the attribute then reads as `Unreadable`,
which every screen shows in the value's place, and which can't be saved.
"""

import base64
import binascii
import hmac
import os
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.conf import register_settings
from register.exceptions import Blanked, CannotDecrypt, KeyUnavailable
from register.setting_values import KEY_BYTES, is_key_id
from register.text.normal_form import lines

NONCE_BYTES = 12
TAG_BYTES = 16
FINGERPRINT = b"fingerprint of an encryption key"
SIGNATURE = b"signature with an encryption key"
ENCRYPTED_SUFFIX = "_encrypted"


def current_key_id() -> str:
    """Return the id of the key that encrypts. KeyUnavailable when there is none."""
    for key_id in register_settings.ENCRYPTION_KEYS:
        return str(key_id)
    raise KeyUnavailable("No encryption key is configured.")


def fingerprint(key_id: str) -> str:
    """Return what tells this key from any other and gives nothing of it away. KeyUnavailable."""
    return hmac.digest(_key(key_id), FINGERPRINT, "sha256").hex()


def signature(message: bytes, *, key_id: str) -> str:
    """Return what only a holder of the key can make of the message. KeyUnavailable."""
    return hmac.digest(hmac.digest(_key(key_id), SIGNATURE, "sha256"), message, "sha256").hex()


def _cipher(key_id: str) -> AESGCM:
    return AESGCM(_key(key_id))


def _key(key_id: str) -> bytes:
    try:
        key = base64.b64decode(register_settings.ENCRYPTION_KEYS[key_id], validate=True)
    except KeyError:
        raise KeyUnavailable(f"Encryption key {key_id!r} is not configured.") from None
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnavailable(f"Encryption key {key_id!r} is not 32 bytes in base64.")
    return key


def encrypt(text: str, *, context: str) -> str:
    """Return `text` encrypted with the current key, openable only in the same `context`."""
    key_id = current_key_id()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), f"{context}:{key_id}".encode())
    return f"{key_id}.{base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, *, context: str) -> str:
    """Return the plain text. KeyUnavailable or CannotDecrypt; never the stored value."""
    key_id, _dot, encoded = stored.partition(".")
    try:
        sealed = base64.b64decode(encoded, validate=True)
        # What has not the form of a stored value names no key either: it may be anything.
        if len(sealed) < NONCE_BYTES + TAG_BYTES or not is_key_id(key_id):
            raise CannotDecrypt("A stored value is cut short.")
        plain = _cipher(key_id).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], f"{context}:{key_id}".encode()
        )
        return plain.decode()
    except (InvalidTag, binascii.Error, ValueError):
        raise CannotDecrypt("A stored value does not open with its key in its place.") from None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What an encrypted attribute reads as when its stored value does not open.

    Attributes:
        kind: why, as a word of the code.
    """

    kind: str

    # For templates, where a text has no such attribute.
    is_unreadable = True

    def __str__(self) -> str:
        """Return what is shown in the value's place."""
        return _("This can't be read: %(reason)s.") % {"reason": REASONS[self.kind]}


REASONS: dict[str, Promise] = {
    KeyUnavailable.__name__: gettext_lazy("its encryption key is missing"),
    CannotDecrypt.__name__: gettext_lazy("it is damaged or in a wrong place, or its key is wrong"),
    Blanked.__name__: gettext_lazy("its text is gone"),
}


class Encrypted(property):
    """Attribute of a model whose text is stored encrypted in the column `<name>_encrypted`.

    Reading decrypts, assigning encrypts; an empty text is stored as an empty column. A stored
    value that does not open reads as `Unreadable`, and can't be overwritten: whoever mends key or
    row will find it. The row's key must be set before assigning, which UUID keys are. A property,
    so that Django's model constructor takes it as a keyword. A text is stored in its one form.

    Attributes:
        max_length: how many characters the plain text may have; checked where a row is saved.
    """

    normal = staticmethod(lines)

    def __init__(self, *, max_length: int | None = None) -> None:
        super().__init__()
        self.max_length = max_length

    def __set_name__(self, owner: type[Model], name: str) -> None:
        self.name = name
        self.column = f"{name}{ENCRYPTED_SUFFIX}"

    def _context(self, instance: Model) -> str:
        return f"{instance._meta.label_lower}:{instance.pk}:{self.name}"

    def __get__(self, instance: Model | None, owner: type[Model] | None = None) -> Any:
        if instance is None:
            return self
        try:
            return self.opened(instance)
        except (CannotDecrypt, KeyUnavailable) as error:
            return Unreadable(type(error).__name__)

    def __set__(self, instance: Model, value: str) -> None:
        """Raises as `opened` does where something is stored that does not open."""
        if isinstance(value, Unreadable):
            raise CannotDecrypt("An unreadable value is no text to save.")
        self.opened(instance)
        self._seal(instance, self.normal(value))

    def opened(self, instance: Model) -> str:
        """Return the instance's plain text. KeyUnavailable, CannotDecrypt or Blanked."""
        stored = getattr(instance, self.column)
        if stored:
            return decrypt(stored, context=self._context(instance))
        column: Field[Any, Any] = instance._meta.get_field(self.column)  # type: ignore[assignment]
        if not column.blank and not instance._state.adding:
            raise Blanked("A stored value is gone that can't be empty.")
        return ""

    def reencrypt(self, instance: Model) -> None:
        """Encrypt the instance's value anew, with the current key. Raises as `opened` does."""
        self._seal(instance, self.opened(instance))

    def _seal(self, instance: Model, value: str) -> None:
        stored = encrypt(value, context=self._context(instance)) if value else ""
        setattr(instance, self.column, stored)


@cache
def encrypted_attributes(model: type[Model]) -> tuple[Encrypted, ...]:
    """Return the model's encrypted attributes."""
    return tuple(each for each in vars(model).values() if isinstance(each, Encrypted))
