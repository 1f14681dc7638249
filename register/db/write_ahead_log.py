"""SQLite's write-ahead log, in which erased values stay readable until it is emptied."""

from django.db import connection

from register.exceptions import LogNotEmptied


def empty() -> None:
    """Move the log into the database file and cut it to nothing; nothing to do on PostgreSQL.

    Inside a transaction nothing can be emptied, and nothing is. LogNotEmptied when a reader kept
    it from happening for longer than the connection waits.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    if busy:
        raise LogNotEmptied("A reader kept the write-ahead log from being emptied.")
