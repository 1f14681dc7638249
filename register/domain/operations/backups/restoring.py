"""A backup is read back: first all of it, to see that it is whole and ours, then in its place.

The counter outside is put ahead before anything else. So, whenever this is killed, the register
stands still until `after_restore` has run.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from pyrage import x25519

from register.domain.access_log import restored
from register.domain.erasure import ledger
from register.domain.operations.backups import contents, dumping
from register.domain.operations.backups.contents import About
from register.domain.operations.backups.making import ASIDE, STAGE, aside
from register.exceptions import BackupFailed
from register.files import counter, durable, private
from register.files.archive import PIECE, Passing
from register.models import StaffMember

# Far enough for what was counted while the dump was made.
AHEAD = 10


def check(file: BinaryIO, keys: Sequence[x25519.Identity]) -> About:
    """Read a whole backup, and return what it says of itself. BackupFailed, BackupDamaged."""
    return contents.walk(file, keys, lambda passing: None)


def refuse(about: About) -> None:
    """Raise BackupFailed unless the backup fits this database and this version."""
    if about.form != contents.FORM:
        raise BackupFailed(_("The backup was made by another version."))
    if about.database != connection.vendor:
        told = _("The backup is of another kind of database: %(kind)s.")
        raise BackupFailed(told % {"kind": about.database})
    known = MigrationLoader(None).disk_migrations
    if newer := [name for app, name in about.migrations if (app, name) not in known]:
        told = _("The backup is of a newer version (%(migration)s): install that first.")
        raise BackupFailed(told % {"migration": newer[0]})


def is_in_use() -> bool:
    """Whether the database that would be replaced has people in it."""
    try:
        with transaction.atomic():
            return StaffMember.objects.exists()
    except DatabaseError:
        return False  # not even a table


def restore(file: BinaryIO, keys: Sequence[x25519.Identity], about: About) -> None:
    """Replace the database, and put private files and media back. `check` it first.

    The ledger is only ever added to, and private files that are there stay as they are: they may
    be newer than the backup. Where it fails, the database is as it was.
    """
    with (
        durable.writing_in(private.folder(ASIDE)),
        _stage() as stage,
        _put_ahead(about),
        dumping.replacing(aside=aside()) as write,
    ):
        contents.walk(file, keys, lambda passing: _take(passing, write, stage))
        _place(stage)


@contextmanager
def _put_ahead(about: About) -> Iterator[None]:
    before = counter.read()
    counter.write(max(before or 0, restored_number(about)) + AHEAD)
    try:
        yield
    except Exception:
        if before is None:
            private.path(counter.NAME).unlink()
        else:
            counter.write(before)
        raise


def restored_number(about: About) -> int:
    """Return the higher of what the backup and what the database at hand have counted."""
    try:
        with transaction.atomic():
            return max(about.counter, restored.inside_number())
    except DatabaseError:
        return about.counter


@contextmanager
def _stage() -> Iterator[Path]:
    stage = private.path(STAGE)
    shutil.rmtree(stage, ignore_errors=True)
    private.folder(STAGE)
    try:
        yield stage
    finally:
        shutil.rmtree(stage)


def _take(passing: Passing, write: Callable[[bytes], object], stage: Path) -> None:
    kind, _slash, inside = passing.name.partition("/")
    if kind == contents.DATABASE:
        for piece in passing.pieces():
            write(piece)
        return
    if kind not in (contents.PRIVATE, contents.MEDIA) or not inside:
        raise BackupFailed(_("The backup holds something that no backup of ours has."))
    target = stage / passing.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(target, "wb", opener=private.owner_only) as staged:
        for piece in passing.pieces():
            staged.write(piece)


def _place(stage: Path) -> None:
    for file in _files(stage / contents.PRIVATE):
        inside = file.relative_to(stage / contents.PRIVATE)
        target = private.path(*inside.parts)
        if target == ledger.path():
            ledger.add_missing(file)
        elif not target.exists():
            private.folder(*inside.parts[:-1])
            _put(file, target)
    for file in _files(stage / contents.MEDIA):
        target = Path(settings.MEDIA_ROOT) / file.relative_to(stage / contents.MEDIA)
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(file, target)
        os.chmod(target, settings.FILE_UPLOAD_PERMISSIONS or 0o644)


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def _put(file: Path, target: Path) -> None:
    with file.open("rb") as opened:
        durable.write_temporary(target, iter(lambda: opened.read(PIECE), b""))
    durable.put_in_place(target)
