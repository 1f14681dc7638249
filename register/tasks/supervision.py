"""One supervisor at a time, and none while a database is restored."""

from contextlib import AbstractContextManager

from register.files import private
from register.files.locks import lock


def supervising() -> AbstractContextManager[bool]:
    """Hold what the worker's supervisor holds while it runs; yields False where it does."""
    return lock(private.folder() / "supervisor.lock", until=0)
