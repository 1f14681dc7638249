"""The heads of the log of use, written down outside the database (C38).

A checkpoint is three lines: origin, size and hash. The size is the position of a seal, the hash
its head. Lines are only ever added; what a power cut left unfinished is passed over.
"""

from collections.abc import Iterator
from pathlib import Path

from register.files import durable, private

NAME = "log-of-use.checkpoints"
ORIGIN = "futuuri-register/log-of-use"
HASH = 64  # hexadecimal digits
# More than the two newest checkpoints take.
TAIL = 1024  # bytes


def path() -> Path:
    return private.path(NAME)


def append(size: int, head: str) -> None:
    """Add a checkpoint; it is on disk when this returns."""
    private.folder()
    durable.append_lines(path(), f"{ORIGIN}\n{size}\n{head}\n".encode())


def read() -> Iterator[tuple[int, str]]:
    """Yield size and hash of each checkpoint, in the order in which they were added."""
    try:
        with open(path(), encoding="ascii", errors="replace") as file:
            yield from _checkpoints(file)
    except FileNotFoundError:
        return


def newest() -> tuple[int, str] | None:
    """Return the checkpoint that was added last, without reading the others."""
    try:
        with open(path(), "rb") as file:
            file.seek(max(path().stat().st_size - TAIL, 0))
            lines = file.read().decode("ascii", errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return None
    found = [*_checkpoints(iter(lines))]
    return found[-1] if found else None


def _checkpoints(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    before: tuple[str, str] = ("", "")
    for line in lines:
        # A line that has no end yet was cut off.
        text = line.removesuffix("\n") if line.endswith("\n") else ""
        origin, size = before
        if origin == ORIGIN and size.isdecimal() and len(text) == HASH:
            yield int(size), text
        before = (size, text)
