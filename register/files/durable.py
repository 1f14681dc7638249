"""Writing so that a file is whole or not there, even when the process or the power fails.

A file is written under a temporary name in its own folder, forced to the disk, and renamed. To a
file that grows whole lines are added.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from register.files.locks import lock
from register.files.private import owner_only

TEMPORARY = ".tmp"
BUFFER = 1 << 20  # bytes


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Wait until no other process writes in the folder; leave no temporary file behind.

    What a killed writer left is removed as well.
    """
    with lock(folder / ".lock"):
        _remove_temporary(folder)
        try:
            yield
        finally:
            _remove_temporary(folder)


def write_temporary(target: Path, pieces: Iterable[bytes]) -> str:
    """Write the temporary twin of `target`, on disk when this returns.

    Returns the SHA-256 of the content, in hexadecimal.
    """
    digest = hashlib.sha256()
    with temporary(target) as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


@contextmanager
def temporary(target: Path) -> Iterator[IO[bytes]]:
    """Open the temporary twin of `target` for writing; it is on disk when the block ends."""
    twin = target.with_suffix(TEMPORARY)
    with open(twin, "wb", buffering=BUFFER, opener=owner_only) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def put_in_place(target: Path) -> None:
    """Give the temporary twin its final name, which survives a power cut from here on."""
    os.replace(target.with_suffix(TEMPORARY), target)
    sync_folder(target.parent)


def append_lines(file: Path, lines: bytes) -> None:
    """Add whole lines to the file, made if missing; they are on disk when this returns.

    Two processes that append at once don't mix their lines. A last line that a power cut left
    unfinished is ended first, so that it spoils itself alone.
    """
    with open(file, "a+b", buffering=0, opener=owner_only) as opened:
        if not _ends_with_a_line(opened):
            lines = b"\n" + lines
        while lines:
            lines = lines[opened.write(lines) :]
        os.fsync(opened.fileno())
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Force the folder's names to the disk: new files and renamed ones survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_temporary(folder: Path) -> None:
    for left_over in folder.glob(f"*{TEMPORARY}"):
        left_over.unlink()


def _ends_with_a_line(file: IO[bytes]) -> bool:
    """Whether the file is empty or its last line whole."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
