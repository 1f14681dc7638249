"""The billing export (C24, C25): claim what is billable, write the file, mark the batch.

Safe to kill at any point and to run twice, also at once. Claims are short transactions; the
file is made under a temporary name and put in place in the transaction that marks the batch.
"""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date

from django.db import IntegrityError, connection, transaction

from register.domain import billing, disclosure
from register.exceptions import NotPromised, Overtaken
from register.models import ExportBatch
from register.permissions import User

from .billing_file import DelimitedFile, Format, Line, is_as_promised
from .private_files import put_in_place, write_temporary, writing_in

# Rows per transaction: SQLite's one write lock is then held for a fraction of a second.
SLICE_ROWS = 5000
FETCH_ROWS = 5000
# How often a slice is tried when something else takes one of its orders at the same moment.
TRIES = 5


def export(
    *,
    today: date,
    by: User | None = None,
    until: float | None = None,
    form: Format | None = None,
) -> ExportBatch | None:
    """Export what is billable on the day to the finance provider.

    Args:
        by: who asked; None for the schedule.
        until: moment of `time.monotonic()` after which no new slice is begun.
        form: how the file is written; the default file of the notice's three columns.

    Returns:
        The batch: written, or open when the time ran out; then call again. None when there is
        nothing to export.

    Raises:
        NoRecipient: no finance provider is in use under a valid contract (C40).
        NotPromised: the inventory allows other columns than the notice promises (C25).
    """
    if not is_as_promised():
        raise NotPromised("The billing file's columns differ from the notice's three.")
    batch = disclosure.open_batch(today=today, by=by)
    if batch is None:
        return None
    if not _claim(batch, today=today, by=by, until=until):
        return batch
    if disclosure.drop_if_empty(batch):
        return None
    _write(batch, form or DelimitedFile(), today=today)
    return ExportBatch.objects.get(pk=batch.pk)


def _claim(batch: ExportBatch, *, today: date, by: User | None, until: float | None) -> bool:
    """Claim slice by slice. Returns whether all was claimed before the time ran out."""
    more = True
    while more:
        if until is not None and time.monotonic() > until:
            return False
        more = _claim_slice(batch, today=today, by=by)
    return until is None or time.monotonic() <= until


def _claim_slice(batch: ExportBatch, *, today: date, by: User | None) -> bool:
    """Claim a slice, and once more when one of its orders was erased while it was claimed."""
    for _ in range(TRIES - 1):
        try:
            return disclosure.claim(batch, today=today, by=by, size=SLICE_ROWS)
        except (IntegrityError, Overtaken):
            continue
    return disclosure.claim(batch, today=today, by=by, size=SLICE_ROWS)


def _write(batch: ExportBatch, form: Format, *, today: date) -> None:
    """Make the batch's file, unless another export has made it while this one waited."""
    target = billing.file_of(batch)
    with writing_in(target.parent):
        while disclosure.is_open(batch):
            lines = _Counted(batch)
            sha256 = write_temporary(target, form.write(lines))
            disclosure.finish(
                batch,
                today=today,
                rows=lines.count,
                sha256=sha256,
                put_in_place=lambda: put_in_place(target),
            )


class _Counted:
    """The batch's lines, streamed from the database, and how many have gone by.

    They are ordered by their random references: the same batch always gives the same bytes, and
    the order tells nothing.
    """

    def __init__(self, batch: ExportBatch) -> None:
        self.count = 0
        self._rows = batch.rows.order_by("reference").values_list(*Line._fields)

    def __iter__(self) -> Iterator[Line]:
        # PostgreSQL copies the whole result aside first, unless the cursor is in a transaction.
        # On SQLite a transaction would keep all others from writing.
        with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
            for row in self._rows.iterator(chunk_size=FETCH_ROWS):
                self.count += 1
                yield Line._make(row)
