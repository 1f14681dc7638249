"""What a seal is made of: the marks of its rows, their digest, the head, the signature (C38)."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from register.db.encryption import current_key_id, signature
from register.models import AccessLogEntry, AccessLogSubject, Seal
from register.models.access_log import SALT

# Spelt out: a column that is added later must not make older marks wrong.
COVERED = (
    "seal",
    "place",
    "id",
    "at",
    "actor",
    "action",
    "purpose",
    "model",
    "commitment",  # of the object's key
    "view",
    "recipient",
    "count",
    "details",
)
IN_HEAD = (
    "position",
    "kind",
    "sealed_at",
    "count",
    "digest",
    "replaced",
    "replaced_head",
    "previous",
)
SIGNED = b"seal of the log of use "


def new_salt() -> str:
    return secrets.token_hex(SALT // 2)


def commitment(key: str, *, salt: str) -> str:
    """Return what stands for the key in a seal: it tells nothing of it without the salt."""
    return hashlib.sha256(f"{salt} {key}".encode()).hexdigest()


def keeps_its_word(row: AccessLogEntry | AccessLogSubject) -> bool:
    """Whether the row holds the key that its commitment was made of, or key and salt are erased."""
    key = key_of(row)
    if not row.salt:
        return not key and bool(row.commitment)
    return commitment(key, salt=row.salt) == row.commitment


def key_of(row: AccessLogEntry | AccessLogSubject) -> str:
    if isinstance(row, AccessLogEntry):
        return row.object_key
    return str(row.client) if row.client else ""


def mark(entry: AccessLogEntry, commitments: Sequence[str]) -> str:
    """Return the hash of a row in its place, with the commitments to its clients' keys."""
    return _hash([*(_plain(getattr(entry, name)) for name in COVERED), *commitments])


def digest(marks: Iterable[str]) -> str:
    return hashlib.sha256("".join(marks).encode()).hexdigest()


def head(seal: Seal) -> str:
    return _hash([_plain(getattr(seal, name)) for name in IN_HEAD])


def sign(seal: Seal) -> None:
    """Give the seal its head and its signature, with the key that encrypts now."""
    seal.head, seal.key_id = head(seal), current_key_id()
    seal.mac = mac(seal)


def mac(seal: Seal) -> str:
    """Return the signature that the seal must have. KeyUnavailable."""
    return signature(SIGNED + seal.head.encode(), key_id=seal.key_id)


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _hash(values: list[Any]) -> str:
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
