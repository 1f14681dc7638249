"""Whole pages in the database: kept under the number, shell and year of their making."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import OperationalError, connection

from privacy_notice.models import Freshness, StoredPage
from privacy_notice.models.stored_pages import ROW
from privacy_notice.serving import shell

PAGES = StoredPage._meta.db_table
NUMBERS = Freshness._meta.db_table
# One row, and of its two bodies the one that is sent.
FIND = {
    packed: f"SELECT page.{'packed' if packed else 'plain'},"  # noqa: S608
    " page.tag, page.language, page.content_type"
    f" FROM {PAGES} page JOIN {NUMBERS} fresh ON fresh.number = page.number"
    f" WHERE fresh.id = {ROW} AND page.host = %s AND page.path = %s AND page.shell = %s"
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
    """Return the page while it is as fresh as the newest publication; one query, in plain SQL."""
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
    """Keep the page for whoever asks next, and return it as it is sent.

    Args:
        number: the freshness that was read before the page was made.
        packed: which of its two bodies is wanted.
        key: what `shell.key` said before the page was made; now by default.
    """
    tag = sha256(content).hexdigest()[:32]
    # Without the time of day: the same page is the same bytes.
    bodies = {False: content, True: gzip.compress(content, mtime=0)}
    StoredPage.objects.update_or_create(
        host=host,
        path=path,
        defaults={
            "number": number,
            "shell": key or shell.key(),
            "language": language,
            "content_type": content_type,
            "tag": tag,
            "plain": bodies[False],
            "packed": bodies[True],
        },
    )
    return Body(bodies[packed], tag, language, content_type, packed)
