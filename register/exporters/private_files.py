"""Files that hold personal data: whole or not there, for the owner's eyes, and never served.

A file is written under a temporary name in its own folder, forced to the disk, and renamed.
Whoever writes holds the folder's lock, which the operating system drops when the process dies.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY = ".tmp"
BUFFER = 1 << 20  # bytes


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Make the folder if needed (mode 0700) and wait for its lock; leave no temporary file behind.

    What a killed writer left is removed as well.
    """
    for missing in (folder.parent, folder):
        missing.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _clean(folder)
        try:
            yield
        finally:
            _clean(folder)
    finally:
        os.close(lock)


def _clean(folder: Path) -> None:
    for left_over in folder.glob(f"*{TEMPORARY}"):
        left_over.unlink()


def write_temporary(target: Path, pieces: Iterable[bytes]) -> str:
    """Write the temporary twin of `target` (mode 0600), on disk when this returns.

    Returns the SHA-256 of the content, in hexadecimal.
    """
    digest = hashlib.sha256()
    temporary = target.with_suffix(TEMPORARY)
    descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb", buffering=BUFFER) as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def put_in_place(target: Path) -> None:
    """Give the temporary twin its final name, which survives a power cut from here on."""
    os.replace(target.with_suffix(TEMPORARY), target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
