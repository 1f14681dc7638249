"""A backup is written while the register is in use (R13).

First the database, as it is at one moment; then the private files, and the media. So the erasure
ledger in a backup knows of everybody whom its dump no longer has, and of some more.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from register.conf import fitting
from register.domain.clients.importing.kept import FOLDER as UPLOADS
from register.domain.operations.backups import contents, dumping, kept
from register.exceptions import BackupFailed
from register.files import age, counter, durable, private
from register.files.archive import PIECE, Archive

CHUNK = 8 * PIECE
# Folders beside the private files: SQLite's copy, and what a restore unpacks.
ASIDE, STAGE = "backup", "restoring"
# Nor uploads, which are gone in two hours, and would live on in a backup for a month.
NOT_TAKEN = (ASIDE, STAGE, counter.NAME, UPLOADS)


def make(*, now: datetime) -> Path:
    """Make a backup and return its file. It has its name once it is whole and on the disk.

    Raises BackupFailed when folder or public key are not set, or a program is missing or fails.
    """
    folder, recipient = kept.folder(), _recipient()
    if folder is None or not recipient:
        raise BackupFailed(_("BACKUP_DIR and BACKUP_RECIPIENT are not both set."))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / kept.name(now)
    with durable.writing_in(folder), durable.writing_in(private.folder(ASIDE)):
        temporary = target.with_suffix(durable.TEMPORARY)
        with open(temporary, "wb", opener=private.owner_only) as file:
            age.encrypt(_pieces(now), file, recipient=recipient)
            file.flush()
            os.fsync(file.fileno())
        durable.put_in_place(target)
    return target


def aside() -> Path:
    """Return where SQLite's copy lies for a moment; what a kill leaves there is swept away."""
    return private.path(ASIDE, f"database{durable.TEMPORARY}")


def _recipient() -> str:
    try:
        return str(fitting("BACKUP_RECIPIENT"))
    except ImproperlyConfigured as error:
        raise BackupFailed(str(error)) from None


def _pieces(now: datetime) -> Iterator[bytes]:
    archive = Archive(now.timestamp())
    about = contents.in_json(contents.about_now(now.isoformat()))
    yield from archive.data(contents.ABOUT, about)
    yield from archive.chunks(contents.DATABASE, dumping.dump(aside=aside()), size=CHUNK)
    for file in files(private.path(), but_not=NOT_TAKEN):
        yield from _file(archive, contents.PRIVATE, private.path(), file)
    media = Path(settings.MEDIA_ROOT)
    for file in files(media):
        yield from _file(archive, contents.MEDIA, media, file)
    manifest = contents.manifest(archive)
    yield from archive.data(contents.MANIFEST, manifest)
    yield from archive.data(contents.SIGNATURE, contents.signed(manifest))
    yield archive.end()


def files(root: Path, *, but_not: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yield the files below a folder that are worth keeping: no locks, no unfinished ones."""
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root)
        passed_over = (
            inside.parts[0] in but_not
            or file.suffix in (durable.TEMPORARY, ".lock")
            or any(part.startswith(".") for part in inside.parts)
        )
        if not passed_over and file.is_file() and not file.is_symlink():
            yield file


def _file(archive: Archive, name: str, root: Path, file: Path) -> Iterator[bytes]:
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        return  # removed meanwhile
    with opened:
        inside = file.relative_to(root).as_posix()
        # What is appended from now on is for the next backup.
        size = os.fstat(opened.fileno()).st_size
        yield from archive.file(f"{name}/{inside}", opened, size)
