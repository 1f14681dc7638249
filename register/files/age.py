"""Encryption of streams in the age format, for whoever holds the private key.

The public key alone can't open what was written with it. Nothing is held whole in memory, and
nothing is on the disk in clear.
"""

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.utils.translation import gettext as _
from pyrage import x25519

from register.exceptions import BackupDamaged, KeyFileUnfit

PRIVATE = "AGE-SECRET-KEY-"


def encrypt(pieces: Iterable[bytes], file: BinaryIO, *, recipient: str) -> None:
    """Write the pieces to the file, encrypted. Raises what reading or writing them raises."""
    source, sink = _Source(pieces), _Sink(file)
    try:
        pyrage.encrypt_io(source, sink, [x25519.Recipient.from_str(recipient)])
    except pyrage.EncryptError:
        if not (source.error or sink.error):
            raise
    # The library tells of no error when it is the last write that fails, as on a full disk.
    if error := source.error or sink.error:
        raise error


@contextmanager
def decrypting(file: BinaryIO, *, identities: Sequence[x25519.Identity]) -> Iterator[BinaryIO]:
    """Yield what the file holds, as it is decrypted. Read it to its end.

    Raises BackupDamaged when it does not open with one of the keys, was cut short or changed.
    """
    outlet, inlet = os.pipe()
    failures: list[Exception] = []

    def decrypt() -> None:
        try:
            with open(inlet, "wb") as plain:
                pyrage.decrypt_io(file, plain, identities)
        except BrokenPipeError:
            pass  # the reader has had enough
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=decrypt)
    thread.start()
    try:
        with open(outlet, "rb") as plain:
            yield plain
    except Exception:
        thread.join()
        if not failures:
            raise
    thread.join()
    if failures:
        raise BackupDamaged(_("The backup does not open with this key, or is damaged.")) from None


def identities(file: Path) -> list[x25519.Identity]:
    """Return the private keys in a file as `age-keygen` writes it. KeyFileUnfit when it has none.

    Raises OSError when it can't be read.
    """
    found = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.strip().startswith(PRIVATE):
            with suppress(pyrage.IdentityError):
                found.append(x25519.Identity.from_str(line.strip()))
    if not found:
        raise KeyFileUnfit(_("The file holds no private key (AGE-SECRET-KEY-…)."))
    return found


class _Source:
    """Pieces as a file to read from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return b""
                self._rest = memoryview(piece)
        except Exception as error:
            self.error = error
            raise
        size = len(self._rest) if size < 0 else size
        read, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return read


class _Sink:
    """A file to write to, which remembers its first error."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except Exception as error:
            self.error = self.error or error
            raise
        return len(data)

    def flush(self) -> None:
        self._file.flush()
