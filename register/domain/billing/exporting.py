"""The billing export (C24, C25): open a batch, claim what is billable, write its file.

Safe to kill at any point and to run twice, also at once. Claims are short transactions; the
file is made under a temporary name and put in place in the transaction that marks the batch.
"""

import time
from datetime import date

from register.access.gate import may_create
from register.access.standing import Actor
from register.conf import fitting
from register.domain.access_log import restored, trusted_day
from register.domain.billing import batch_file, batches, claims, references
from register.exceptions import NotAllowed, NotPromised
from register.exporters.billing_file import DelimitedFile, Format, is_as_promised
from register.models import ExportBatch

# No file outlives January (O5): one made on its last day would have to be removed that day.
NO_FILE_ON = (1, 31)  # month, day
# Rows per transaction: SQLite's one write lock is then held for a fraction of a second.
SLICE_ROWS = 5000


def export(
    *,
    today: date,
    by: Actor,
    until: float | None = None,
    form: Format | None = None,
) -> ExportBatch | None:
    """Export what is billable on the day to the finance provider.

    Args:
        by: who asked; SYSTEM for the schedule.
        until: moment of `time.monotonic()` after which no new slice is begun.
        form: how the file is written; the default file of the notice's three columns.

    Returns:
        The batch: written, or open when the time ran out; then call again. None when there is
        nothing to export, and on 31 January, when no file is made: tomorrow's export takes all.

    Raises:
        NotAllowed: a person whose role is not billing.
        NoRecipient: no finance provider is in use under a valid contract (C40).
        NotPromised: the inventory allows other columns than the notice promises (C25).
        DayInDoubt: the clock may have jumped.
        NotTogether: the database was restored, and does not know what was exported since.
        ImproperlyConfigured: the file's encoding is none that the register knows.
    """
    if not may_create(by, ExportBatch, today=today):
        raise NotAllowed
    if not is_as_promised():
        raise NotPromised("The billing file's columns differ from the notice's three.")
    restored.require()
    trusted_day.require()
    if (today.month, today.day) == NO_FILE_ON:
        return None
    # Before anything is claimed: a format that can't be made leaves no batch open.
    form = form or DelimitedFile(fitting("BILLING_FILE_ENCODING"))
    batch = batches.open_batch(today=today, by=by)
    if batch is None:
        return None
    if not _claim(batch, today=today, by=by, until=until):
        return batch
    if batches.drop_if_empty(batch):
        return None
    _write(batch, form, today=today)
    return ExportBatch.objects.get(pk=batch.pk)


def _claim(batch: ExportBatch, *, today: date, by: Actor, until: float | None) -> bool:
    """Claim slice by slice. Returns whether all was claimed before the time ran out."""
    more = True
    while more:
        if until is not None and time.monotonic() > until:
            return False
        more = claims.claim(batch, today=today, by=by, size=SLICE_ROWS)
    return until is None or time.monotonic() <= until


def _write(batch: ExportBatch, form: Format, *, today: date) -> None:
    """Make the batch's file, unless another export has made it while this one waited."""
    with batch_file.writing():
        while batches.is_open(batch):
            with references.listing(batch, today=today) as listing:
                written = batch_file.write(batch, form, listed=listing.add)
                listing.tell(written._asdict())
            if batches.finish(batch, written, today=today):
                references.note(batch.pk, placed=True)
