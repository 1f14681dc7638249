"""An upload between its steps: encrypted in the private folder, its own file name forgotten.

It is erased when it was imported or given up, and after two hours at the latest; no backup takes
it. The key in its address says nothing, and opens it only to who uploaded it.
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from register.access.standing import User
from register.db import encryption
from register.domain.clients.importing import reading
from register.domain.clients.importing.choices import Choices, first_choices, from_dict
from register.domain.clients.importing.table import Table
from register.exceptions import CannotDecrypt, Erased, KeyUnavailable
from register.files import durable, private
from register.files.locks import lock

FOLDER = "imports"
KEPT = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded, and what was chosen about it so far."""

    key: UUID
    table: Table
    choices: Choices


def keep(data: bytes, *, whose: User, now: datetime) -> UUID:
    """Keep a file that somebody uploaded who may import it, and return its key.

    FileUnfit when it can't be read: then it is kept nowhere.
    """
    table = reading.read(data)
    key = uuid4()
    _write(key, {"by": whose.pk, "at": now.isoformat(), "data": _text(data)}, first_choices(table))
    return key


def opened(key: UUID, *, whose: User, now: datetime) -> Upload:
    """Return an upload. Erased when it is not there any more, or is somebody else's."""
    stored = _read(key)
    if stored["by"] != whose.pk or datetime.fromisoformat(stored["at"]) <= now - KEPT:
        raise Erased
    table = reading.read(base64.b64decode(stored["data"]))
    return Upload(key, table, from_dict(stored["choices"]))


def choose(upload: Upload, choices: Choices) -> None:
    """Keep what was chosen. Erased when the upload is not there any more."""
    _write(upload.key, _read(upload.key), choices)


def erase(key: UUID) -> None:
    """Erase an upload, if it is there."""
    with suppress(FileNotFoundError):
        _path(key).unlink()
        durable.sync_folder(private.folder(FOLDER))


def erase_old(*, now: datetime) -> int:
    """Erase what nobody went on with; return how many."""
    old = [
        file
        for file in private.folder(FOLDER).iterdir()
        if not file.name.startswith(".") and file.stat().st_mtime < (now - KEPT).timestamp()
    ]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other import is under way on this machine."""
    with lock(private.folder(FOLDER) / ".lock"):
        yield


def _path(key: UUID) -> Path:
    return private.path(FOLDER, f"{key}.upload")


def _read(key: UUID) -> dict[str, Any]:
    try:
        sealed = _path(key).read_text(encoding="ascii")
        return dict(json.loads(encryption.decrypt(sealed, context=_context(key))))
    except (OSError, CannotDecrypt, KeyUnavailable, ValueError):
        raise Erased from None


def _write(key: UUID, stored: dict[str, Any], choices: Choices) -> None:
    private.folder(FOLDER)
    text = json.dumps({**stored, "choices": choices.as_dict()})
    sealed = encryption.encrypt(text, context=_context(key))
    durable.write_temporary(_path(key), [sealed.encode("ascii")])
    durable.put_in_place(_path(key))


def _context(key: UUID) -> str:
    return f"import:{key}"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
