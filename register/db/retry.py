"""Transactions that are run again when the database gives them up.

Two transactions that wait for each other's rows are a deadlock: PostgreSQL undoes one of them so
that the other can go on. What was undone has done nothing wrong and is simply run again.

To keep that rare, whoever locks several rows takes them in one order: first the retention run or
the export batch that is worked on, then clients, then orders, then bookkeeping rows, and those of
one kind by their keys.
"""

import logging
import random
import sqlite3
from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")

logger = logging.getLogger(__name__)

# Seconds to wait at most before the second try, the third and so on. The wait is random, so that
# those who met don't meet again.
PAUSES = (0.05, 0.1, 0.2, 0.4)
# After so many seconds no new try is begun: who waited 20 s for SQLite's lock has waited.
PATIENCE = 30.0
# SQLSTATE of PostgreSQL: deadlock detected, serialization failure.
GIVEN_UP = frozenset({"40P01", "40001"})
LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def in_transaction(work: Callable[[], T], *, again_on: tuple[type[Exception], ...] = ()) -> T:
    """Run `work` in a transaction, and run it again when the database gives it up.

    Each try must begin with what the database holds: what an undone try did to objects in memory
    is still there. Inside another transaction the work is tried once: its locks belong to the
    outer one, which must be run again as a whole.

    Args:
        work: short, and with no effect outside the database that could not be repeated.
        again_on: further errors after which the work is run again.

    Returns what `work` returns. Raises what it raises, after the last of five tries too.
    """
    patience_ends = monotonic() + PATIENCE
    for pause in () if connection.in_atomic_block else PAUSES:
        try:
            with transaction.atomic():
                return work()
        except Exception as error:
            again = was_given_up(error) or isinstance(error, again_on)
            if not again or monotonic() > patience_ends:
                raise
            logger.info("A transaction is run again after %s.", type(error).__name__)
        sleep(random.uniform(0, pause))  # noqa: S311 - a pause, no secret
    with transaction.atomic():
        return work()


def was_given_up(error: Exception) -> bool:
    """Whether the database undid a transaction for the sake of another one.

    Or did not let it begin: SQLite's only lock was taken.
    """
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    # SQLite: the lowest byte of the extended code is the error, the rest tells its variety.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return getattr(cause, "sqlstate", None) in GIVEN_UP or code in LOCKED
