"""Which services were billed under which references, written beside the database (R15).

A restored database does not know what was exported since, and would bill it again under new
references. So each batch has a listing outside: opaque keys, references and dates. It is there
before the batch's file is to be seen, and then tells what became of the file. Rows that are
entered when their orders are erased have a listing too.

A listing would lead from a bookkeeping row to the order that was cut off from it. It forgets
that as soon as no backup needs it any more.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from register.conf import BACKUP_DAYS
from register.db.bulk import Keys, KeyText
from register.domain.billing.batch_file import Written
from register.domain.billing.bookkeeping import Reference
from register.files import durable, private
from register.models import BookkeepingRow, ExportBatch

FOLDER = "references"
SUFFIX = ".jsonl"
FETCH_ROWS = 5000


@dataclass(slots=True)
class Listing:
    """What lies beside the database about one batch, or about rows without one.

    Attributes:
        batch: the batch's key; None for rows that were entered without one.
        on: the day of the file, or of the rows' entry.
        facts: of the batch: recipient, number of rows and SHA-256 of the file.
        placed: whether the file was to be seen.
        received_on: when billing said that the finance provider has it.
        removed: whether it was removed again.
    """

    path: Path
    batch: UUID | None
    on: date
    facts: dict[str, Any]
    references: list[Reference] = field(default_factory=list)
    placed: bool = False
    received_on: date | None = None
    removed: bool = False


def path(key: UUID) -> Path:
    return private.path(FOLDER, f"{key}{SUFFIX}")


class Writing:
    """A listing that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, row: str, order: str | None, reference: str) -> None:
        """List a row; the keys of row and order as the database writes them."""
        # JSON written out by hand, for speed: keys and references need no quoting.
        named = f', "order": "{order}"' if order else ""
        line = f'{{"row": "{row}", "reference": "{reference}"{named}}}\n'
        self._file.write(line.encode())

    def tell(self, told: Mapping[str, Any]) -> None:
        """Say something of the batch, or of the whole listing."""
        self._file.write(f"{json.dumps(told)}\n".encode())


@contextmanager
def listing(batch: ExportBatch, *, today: date) -> Iterator[Writing]:
    """List the batch's rows while its file is written, inside `batch_file.writing`.

    The listing is in its place when the block ends: before the file is to be seen.
    """
    with _alone(), _whole(path(batch.pk)) as writing:
        writing.tell({"batch": str(batch.pk), "on": str(today), "recipient": batch.recipient_id})
        yield writing


def write_entered(rows: QuerySet[BookkeepingRow], *, today: date) -> None:
    """List rows that were entered for orders which are about to be erased; nothing for none."""
    if not rows.exists():
        return
    with _alone(), _whole(path(uuid4())) as writing:
        writing.tell({"batch": None, "on": str(today)})
        # Rows of a night's slice: some thousands.
        for row in rows.values_list(KeyText("pk"), KeyText("order"), "reference"):
            writing.add(*row)


def note(batch: UUID, **told: Any) -> None:
    """Note what became of the batch's file; nothing where it has no listing."""
    if not path(batch).exists():
        return
    with _alone():
        durable.append_lines(path(batch), f"{json.dumps(told)}\n".encode())


def listings() -> list[Path]:
    """Return where the listings are, whole ones only."""
    return sorted(private.folder(FOLDER).glob(f"*{SUFFIX}"))


def read(file: Path) -> Listing:
    """Return what a listing says. A last line that a power cut left unfinished is passed over."""
    head, *lines = file.read_text(encoding="ascii").splitlines()
    told = json.loads(head)
    batch = told.pop("batch")
    listing = Listing(file, batch and UUID(batch), date.fromisoformat(told.pop("on")), told)
    for line in lines:
        try:
            _add(listing, json.loads(line))
        except ValueError:
            continue
    return listing


def forget(*, today: date) -> int:
    """Leave out what no backup needs any more: rows whose orders are erased; return how many.

    A listing of which nothing is left is removed.
    """
    count = 0
    for file in listings():
        with _alone():
            count += _forget(read(file), before=today - timedelta(days=BACKUP_DAYS))
    return count


def _forget(listing: Listing, *, before: date) -> int:
    if listing.on >= before:
        return 0
    rows = BookkeepingRow.objects.filter(pk__in=Keys(each.row for each in listing.references))
    here = set(rows.exclude(order=None).values_list("pk", flat=True))
    kept = [each for each in listing.references if each.row in here]
    forgotten = len(listing.references) - len(kept)
    if not kept:
        listing.path.unlink()
    elif forgotten:
        _rewrite(listing, kept)
    return forgotten


def _rewrite(listing: Listing, references: Iterable[Reference]) -> None:
    with _whole(listing.path) as writing:
        batch = listing.batch and str(listing.batch)
        writing.tell({"batch": batch, "on": str(listing.on), **listing.facts})
        for row, reference, order in references:
            writing.add(str(row), str(order) if order else None, reference)
        if listing.placed:
            writing.tell({"placed": True})
        if listing.received_on:
            writing.tell({"received": str(listing.received_on)})
        if listing.removed:
            writing.tell({"removed": True})


@contextmanager
def _whole(file: Path) -> Iterator[Writing]:
    with durable.temporary(file) as opened:
        yield Writing(opened)
    durable.put_in_place(file)


def _alone() -> AbstractContextManager[None]:
    return durable.writing_in(private.folder(FOLDER))


def _add(listing: Listing, told: Mapping[str, Any]) -> None:
    if "row" in told:
        order = told.get("order")
        listing.references.append(
            Reference(UUID(told["row"]), told["reference"], UUID(order) if order else None)
        )
    listing.facts |= {name: told[name] for name in Written._fields if name in told}
    listing.placed |= bool({"placed", "received", "removed"} & told.keys())
    listing.removed |= "removed" in told
    if "received" in told:
        listing.received_on = date.fromisoformat(told["received"])
