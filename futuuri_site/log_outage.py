"""A database that is away: told in one line a minute, not in a traceback for every request."""

import logging
import threading
import time

from django.db import InterfaceError, OperationalError

EVERY = 60.0  # seconds
# PostgreSQL's classes of errors that end a connection or refuse one: broken, shut down, too many.
GONE = ("08", "57P", "53300")


def is_away(error: BaseException) -> bool:
    """Whether the error, without those that it came from, says that the database can't be reached.

    One that refuses what it was asked (a deadlock, a timeout) is there.
    """
    cause = error.__cause__ if isinstance(error, OperationalError | InterfaceError) else error
    if cause is None:
        return isinstance(error, InterfaceError)
    if getattr(cause, "sqlite_errorname", None) == "SQLITE_CANTOPEN":
        return True
    if type(cause).__module__.partition(".")[0] != "psycopg":
        return False
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return type(cause).__name__ in ("OperationalError", "InterfaceError", "ConnectionTimeout")
    return str(state).startswith(GONE)


class OnceAMinute(logging.Filter):
    """Let through one line a minute of each logger that tells of a database that is away.

    It notes in the record, as `left_out`, how many it has kept back since the last one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._silent: dict[str, tuple[float, int]] = {}  # logger: until when, lines kept back

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not is_away(error):
            return True
        now = time.monotonic()
        with self._lock:
            until, left_out = self._silent.get(record.name, (0.0, 0))
            if now < until:
                self._silent[record.name] = until, left_out + 1
                return False
            self._silent[record.name] = now + EVERY, 0
        record.left_out = left_out
        return True
