"""A tar archive as a stream: written piece by piece, read back only as it was written.

Any tar opens it. Each member's SHA-256 is kept while it passes.
"""

import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from register.exceptions import BackupDamaged

PIECE = 1 << 20  # bytes


class Member(NamedTuple):
    """What is kept of a member that has passed."""

    size: int
    sha256: str


class Archive:
    """An archive that is being written.

    Attributes:
        members: what has passed, by name.
    """

    def __init__(self, moment: float) -> None:
        self.members: dict[str, Member] = {}
        self._moment = moment

    def data(self, name: str, data: bytes) -> Iterator[bytes]:
        """Yield a member that is in memory."""
        return self._member(name, len(data), [data])

    def file(self, name: str, file: BinaryIO, size: int) -> Iterator[bytes]:
        """Yield a member of the first `size` bytes of an open file. OSError when it has fewer."""
        return self._member(name, size, _exactly(file, size))

    def chunks(self, name: str, pieces: Iterable[bytes], *, size: int) -> Iterator[bytes]:
        """Yield content of unknown length as members `name/000001`, … of at most `size` bytes."""
        number, held = 0, bytearray()
        for piece in pieces:
            held += piece
            while len(held) >= size:
                number += 1
                yield from self.data(f"{name}/{number:06}", bytes(held[:size]))
                del held[:size]
        if held:
            yield from self.data(f"{name}/{number + 1:06}", bytes(held))

    @staticmethod
    def end() -> bytes:
        return bytes(2 * tarfile.BLOCKSIZE)

    def _member(self, name: str, size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self._moment)
        yield info.tobuf(tarfile.PAX_FORMAT)
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield piece
        yield bytes(-size % tarfile.BLOCKSIZE)
        self.members[name] = Member(size, digest.hexdigest())


class Passing:
    """A member that is being read: its pieces, once, and then what is kept of it."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name, self._file = name, file
        self._digest, self._size = hashlib.sha256(), 0

    def pieces(self) -> Iterator[bytes]:
        while piece := self._file.read(PIECE):
            self._digest.update(piece)
            self._size += len(piece)
            yield piece

    def data(self) -> bytes:
        return b"".join(self.pieces())

    def member(self) -> Member:
        """Return what is kept of it; what was not read yet is passed over."""
        for _piece in self.pieces():
            pass
        return Member(self._size, self._digest.hexdigest())


def read(source: BinaryIO) -> Iterator[Passing]:
    """Yield the members of an archive in their order, to the very end of the source.

    BackupDamaged for what is no such archive, or holds anything but plain files inside it. Whether
    it holds all of them, its own list of members has to tell.
    """
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for info in archive:
                file = archive.extractfile(info) if info.isreg() else None
                if file is None or not is_name(info.name):
                    raise BackupDamaged(_("The backup holds something that no backup of ours has."))
                yield Passing(info.name, file)
    except (tarfile.TarError, EOFError):
        raise BackupDamaged(_("The backup is cut short, or is none.")) from None
    while source.read(PIECE):
        pass


def is_name(name: str) -> bool:
    """Whether a member may be named so: as a path inside a folder."""
    return all(part not in ("", ".", "..") and part.isprintable() for part in name.split("/"))


def _exactly(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        piece = file.read(min(PIECE, size))
        if not piece:
            raise OSError("A file became shorter while it was read.")
        size -= len(piece)
        yield piece
