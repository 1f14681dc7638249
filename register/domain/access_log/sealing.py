"""Sealing what was written to the log of use (C38).

A row is sealed once every transaction that was open beside it has ended. It gets its place then,
in the order in which it is sealed: numbers of rows say nothing, as a transaction that took an
early one may commit late. One process seals at a time. A killed run leaves a segment unsealed, or
its checkpoint unwritten, which the next run makes up for.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Func

from register.domain.access_log import seal_content
from register.files import checkpoints, private
from register.files.locks import lock
from register.models import AccessLogEntry, AccessLogSubject, Seal
from register.models.access_log import SealKind

SEGMENT = 1000  # rows that are sealed in one transaction
LOCK = "seals.lock"


class IsFinal(Func):
    """Whether the row is older than every open transaction.

    On SQLite that is so wherever it can be asked while writing: there is one writer at a time.
    """

    output_field = BooleanField()
    arity = 0

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "1 = 1", []

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "age(xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)", []


def seal_rows(*, now: Callable[[], datetime], until: float) -> int:
    """Seal what can be sealed, a segment at a time, and return how many rows were.

    Args:
        now: the clock; each seal tells its moment.
        until: when to stop, as `time.monotonic` counts.
    """
    rows = 0
    with alone():
        while True:
            with transaction.atomic():
                seal = _seal_segment(now())
            if seal is None:
                return rows
            checkpoints.append(seal.position, seal.head)
            rows += seal.count
            if seal.count < SEGMENT or time.monotonic() > until:
                return rows


@contextmanager
def alone() -> Iterator[None]:
    """Within the block nobody else seals; the checkpoint of a run that was killed is there."""
    private.folder()
    with lock(private.path(LOCK)):
        _write_missing_checkpoint()
        yield


def seal_erasure(erased: Sequence[Seal], *, rows: int, now: datetime) -> Seal:
    """Write a seal which says that these, the oldest ones, are erased, with so many rows.

    Call it in `alone`, in the transaction that erases; the caller writes the checkpoint after it.
    """
    last = erased[-1]
    return _add(
        kind=SealKind.ERASED,
        now=now,
        count=rows,
        digest=seal_content.digest(each.head for each in erased),
        replaced=last.position,
        replaced_head=last.head,
    )


def seal_restore(*, now: datetime) -> None:
    """Write a seal which says that the database was restored, and what was written down before.

    What the checkpoint file knew of later seals is no contradiction from here on; this seal is.
    """
    private.folder()
    with lock(private.path(LOCK)):
        known = checkpoints.newest()
        with transaction.atomic():
            seal = _add(
                kind=SealKind.RESTORE,
                now=now,
                replaced=known[0] if known else None,
                replaced_head=known[1] if known else "",
            )
        checkpoints.append(seal.position, seal.head)


def newest() -> Seal | None:
    return Seal.objects.order_by("-position").first()


def _write_missing_checkpoint() -> None:
    """Write the checkpoint that a killed run did not. More than one is never missing by itself."""
    seal, known = newest(), checkpoints.newest()
    if seal and seal.position == (known[0] if known else 0) + 1:
        checkpoints.append(seal.position, seal.head)


def _seal_segment(now: datetime) -> Seal | None:
    entries = list(
        AccessLogEntry.objects.filter(IsFinal(), seal=None).order_by("at", "id")[:SEGMENT]
    )
    if not entries:
        return None
    before = newest()
    position = before.position + 1 if before else 1
    subjects = subjects_of(entries)
    for row in (*entries, *(each for listed in subjects.values() for each in listed)):
        row.salt = seal_content.new_salt()
        row.commitment = seal_content.commitment(seal_content.key_of(row), salt=row.salt)
    for place, entry in enumerate(entries, start=1):
        entry.seal, entry.place = position, place
        listed = [each.commitment for each in subjects[entry.pk]]
        entry.mark = seal_content.mark(entry, listed)
    _store(AccessLogEntry, entries, ("seal", "place", "mark", "salt", "commitment"))
    _store(
        AccessLogSubject,
        (each for listed in subjects.values() for each in listed),
        ("salt", "commitment"),
    )
    return _add(
        kind=SealKind.ROWS,
        now=now,
        count=len(entries),
        digest=seal_content.digest(entry.mark for entry in entries),
    )


def subjects_of(entries: Iterable[AccessLogEntry]) -> dict[int, list[AccessLogSubject]]:
    """Return the entries' clients by the entry, in the order in which they are sealed."""
    subjects: dict[int, list[AccessLogSubject]] = defaultdict(list)
    for each in AccessLogSubject.objects.filter(entry__in=[entry.pk for entry in entries]).order_by(
        "id"
    ):
        subjects[each.entry].append(each)
    return subjects


def _add(
    *,
    kind: SealKind,
    now: datetime,
    count: int = 0,
    digest: str = "",
    replaced: int | None = None,
    replaced_head: str = "",
) -> Seal:
    before = newest()
    seal = Seal(
        position=before.position + 1 if before else 1,
        kind=kind.value,
        sealed_at=now,
        count=count,
        digest=digest or seal_content.digest([]),
        replaced=replaced,
        replaced_head=replaced_head,
        previous=before.head if before else "",
    )
    seal_content.sign(seal)
    seal.save(force_insert=True)
    return seal


def _store(model: Any, rows: Iterable[Any], columns: tuple[str, ...]) -> None:
    """Write these columns and no others: the log's own rows are changed by nothing else."""
    quote = connection.ops.quote_name
    table, to_set = (
        quote(model._meta.db_table),
        ", ".join(f"{quote(name)} = %s" for name in columns),
    )
    values = [[*(getattr(row, name) for name in columns), row.pk] for row in rows]
    with connection.cursor() as cursor:
        # Table and columns are the model's.
        cursor.executemany(f"UPDATE {table} SET {to_set} WHERE id = %s", values)  # noqa: S608
