"""A batch's file: where it lies, how it is written, how it is opened again (C24, C25).

It knows no user: who may fetch the file is asked in `downloads`.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from register.db.bulk import KeyText
from register.exceptions import FileDamaged
from register.exporters.billing_file import Format, Line
from register.files import durable, private
from register.models import ExportBatch

FOLDER = "billing"
FETCH_ROWS = 5000
CELLS = len(Line._fields)

# Takes a row's key, its order's key where the order is still there, and its reference.
Listed = Callable[[str, str | None, str], object]


class Written(NamedTuple):
    """What was written: number of billed services, and the file's SHA-256 in hexadecimal."""

    rows: int
    sha256: str


def path(batch: UUID) -> Path:
    """Return where the batch's file is, or will be: outside the web root, nothing in its name."""
    return private.path(FOLDER, f"{batch}.txt")


def writing() -> AbstractContextManager[None]:
    """Wait until no other process writes a batch's file; leave no unfinished one behind."""
    return durable.writing_in(private.folder(FOLDER))


def write(batch: ExportBatch, form: Format, *, listed: Listed | None = None) -> Written:
    """Write the batch's rows under a temporary name, inside `writing`.

    Args:
        listed: is told each row as it is written, so that the rows are read once.
    """
    lines = _Counted(batch, listed)
    sha256 = durable.write_temporary(path(batch.pk), form.write(lines))
    return Written(lines.count, sha256)


def put_in_place(batch: ExportBatch) -> None:
    """Give the written file its name."""
    durable.put_in_place(path(batch.pk))


def open_checked(batch: UUID, *, sha256: str) -> BinaryIO:
    """Open the batch's file. FileDamaged when it is missing, or not the one that was made."""
    try:
        file = path(batch).open("rb")
    except OSError:
        raise FileDamaged("The file is missing.") from None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise FileDamaged("The file is not the one that was made.")
    file.seek(0)
    return file


def remove(batch: UUID) -> None:
    """Remove the batch's file; one that is not there is no error."""
    path(batch).unlink(missing_ok=True)


def remove_unknown() -> int:
    """Remove whatever lies in the folder and is no file of a batch that has one; return how many.

    A batch that the database does not know, one whose file was to be removed already, and what a
    killed writer left.
    """
    with writing():
        found = unknown()
        for file in found:
            file.unlink()
    return len(found)


def unknown() -> list[Path]:
    """Return what lies in the folder and is no file of a batch that has one."""
    downloadable = ExportBatch.objects.downloadable().values_list("pk", flat=True)
    known = {path(key).name for key in downloadable}
    return [
        file
        for file in private.folder(FOLDER).iterdir()
        if file.name not in known and not file.name.startswith(".")
    ]


class _Counted:
    """The batch's lines, streamed from the database, and how many were written.

    They are ordered by their random references: the same batch always gives the same bytes, and
    the order tells nothing.
    """

    def __init__(self, batch: ExportBatch, listed: Listed | None) -> None:
        self.count = 0
        self._listed = listed
        keys = (KeyText("pk"), KeyText("order")) if listed else ()
        self._rows = batch.rows.order_by("reference").values_list(*Line._fields, *keys)

    def __iter__(self) -> Iterator[Line]:
        # PostgreSQL copies the whole result aside first, unless the cursor is in a transaction.
        # On SQLite a transaction would keep all others from writing.
        with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
            for row in self._rows.iterator(chunk_size=FETCH_ROWS):
                self.count += 1
                line = Line._make(row[:CELLS])
                if self._listed:
                    key, order = row[CELLS:]
                    self._listed(key, order, line.reference)
                yield line
