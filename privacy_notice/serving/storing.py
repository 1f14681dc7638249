"""Whole pages in the database: kept under the shell and year of their making."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import OperationalError, connection, transaction

from privacy_notice.models import Freshness, StoredPage
from privacy_notice.serving import shell

# One row, and of its two bodies the one that is sent.
FIND = {
    packed: f"SELECT {'packed' if packed else 'plain'}, tag, language, content_type"  # noqa: S608
    f" FROM {StoredPage._meta.db_table} WHERE host = %s AND path = %s AND shell = %s"
    for packed in (False, True)
}


@dataclass(frozen=True)
class Body:
    """What is sent, and what tells it from an earlier one."""

    content: bytes
    tag: str
    language: str
    content_type: str
    packed: bool


def find(*, host: str, path: str, packed: bool) -> Body | None:
    """Return the page, which is as fresh as the newest publication; one query, in plain SQL."""
    sought = [host, path, shell.key()]
    # The query itself shows whether a kept connection still works: Django need not try it first.
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        row = _fetch(FIND[packed], sought)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        row = _fetch(FIND[packed], sought)
    return row and Body(bytes(row[0]), row[1], row[2], row[3], packed)


def _fetch(query: str, parameters: list[str]) -> Any:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not connection.queries_logged:
            # Past Django, which can't ask for a body as it is: it would come in hexadecimal.
            with connection.wrap_database_errors:
                cursor.cursor.execute(query, parameters, binary=True)
        else:
            cursor.execute(query, parameters)
        return cursor.fetchone()


def store(
    *,
    host: str,
    path: str,
    number: int,
    language: str,
    content_type: str,
    content: bytes,
    packed: bool,
    key: str = "",
) -> Body:
    """Keep the page for whoever asks next, unless it is out of date; return it as it is sent.

    Args:
        number: the freshness that was read before the page was made.
        packed: which of its two bodies is wanted.
        key: what `shell.key` said before the page was made; now by default.
    """
    tag = sha256(content).hexdigest()[:32]
    # Without the time of day: the same page is the same bytes.
    bodies = {False: content, True: gzip.compress(content, mtime=0)}
    with transaction.atomic():
        if Freshness.objects.is_still(number):
            StoredPage.objects.update_or_create(
                host=host,
                path=path,
                defaults={
                    "shell": key or shell.key(),
                    "language": language,
                    "content_type": content_type,
                    "tag": tag,
                    "plain": bodies[False],
                    "packed": bodies[True],
                },
            )
    return Body(bodies[packed], tag, language, content_type, packed)
