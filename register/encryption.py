"""Encryption at rest of what clients tell (C18): AES-256-GCM, bound to its row and field.

A stored value reads `key-id.base64(nonce + ciphertext + tag)`. The associated data names model,
row, field and key, so a value copied to another row or field does not open. Keys come from the
settings by key id only; a missing or wrong key refuses, and nothing is overwritten.
"""

import base64
import binascii
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Model

from .conf import register_settings
from .exceptions import CannotDecrypt, KeyUnavailable

NONCE_BYTES = 12


def current_key_id() -> str:
    """Return the id of the key that encrypts. KeyUnavailable when there is none."""
    for key_id in register_settings.ENCRYPTION_KEYS:
        return str(key_id)
    raise KeyUnavailable("No encryption key is configured.")


def _cipher(key_id: str) -> AESGCM:
    try:
        return AESGCM(base64.b64decode(register_settings.ENCRYPTION_KEYS[key_id], validate=True))
    except KeyError:
        raise KeyUnavailable(f"Encryption key {key_id!r} is not configured.") from None
    except (binascii.Error, ValueError):
        raise KeyUnavailable(f"Encryption key {key_id!r} is not 32 bytes in base64.") from None


def encrypt(text: str, *, context: str) -> str:
    """Return `text` encrypted with the current key, openable only in the same `context`."""
    key_id = current_key_id()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), f"{context}:{key_id}".encode())
    return f"{key_id}.{base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, *, context: str) -> str:
    """Return the plain text. KeyUnavailable or CannotDecrypt; never the stored value."""
    key_id, _, encoded = stored.partition(".")
    cipher = _cipher(key_id)
    try:
        sealed = base64.b64decode(encoded, validate=True)
        plain = cipher.decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], f"{context}:{key_id}".encode()
        )
    except (InvalidTag, binascii.Error, ValueError):
        raise CannotDecrypt("A stored value does not open with its key in its place.") from None
    return plain.decode()


class Encrypted(property):
    """Attribute of a model whose text is stored encrypted in the column `<name>_encrypted`.

    Reading decrypts, assigning encrypts; an empty text is stored as an empty column. The row's
    key must be set before assigning, which UUID keys are. A property, so that Django's model
    constructor takes it as a keyword.
    """

    def __set_name__(self, owner: type[Model], name: str) -> None:
        self.name = name
        self.column = f"{name}_encrypted"

    def _context(self, instance: Model) -> str:
        return f"{instance._meta.label_lower}:{instance.pk}:{self.name}"

    def __get__(self, instance: Model | None, owner: type[Model] | None = None) -> Any:
        if instance is None:
            return self
        stored = getattr(instance, self.column)
        return decrypt(stored, context=self._context(instance)) if stored else ""

    def __set__(self, instance: Model, value: str) -> None:
        stored = encrypt(value, context=self._context(instance)) if value else ""
        setattr(instance, self.column, stored)

    def reencrypt(self, instance: Model) -> None:
        """Encrypt the instance's value anew, with the current key."""
        self.__set__(instance, self.__get__(instance, type(instance)))
