"""Locks between the processes of one machine."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from register.files.private import owner_only

POLL = 0.2  # seconds between two looks at a lock that is waited for up to a moment


@contextmanager
def lock(file: Path, *, until: float | None = None) -> Iterator[bool]:
    """Hold the lock of the file, which is made if missing; no other process has it meanwhile.

    The operating system drops the lock with the process, however that ends.

    Args:
        until: moment of `time.monotonic()` after which waiting ends, 0 for one try;
            None waits without end.

    Yields whether the lock is held; False when the time was up.
    """
    with open(file, "ab", opener=owner_only) as opened:
        yield _acquire(opened, until)


def _acquire(file: IO[bytes], until: float | None) -> bool:
    how = fcntl.LOCK_EX if until is None else fcntl.LOCK_EX | fcntl.LOCK_NB
    while True:
        try:
            fcntl.flock(file, how)
            return True
        except BlockingIOError:
            if until is None or time.monotonic() >= until:
                return False
            time.sleep(POLL)
