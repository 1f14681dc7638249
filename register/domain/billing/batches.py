"""The life of an export batch: opened, claimed into, then written or dropped (C24).

Every step is a short transaction that locks the batch. A batch that is still open is taken up
by the next export; there is never a second one.
"""

from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from register.access.standing import Actor
from register.db import retry
from register.domain import processors
from register.domain.billing import batch_file, claims
from register.domain.billing.batch_file import Written
from register.domain.erasure import engine
from register.models import ExportBatch, Processor, ServiceOrder
from register.models.billing import BatchState


def open_batch(*, today: date, by: Actor) -> ExportBatch | None:
    """Return the batch that is being made, else a new one, else None: nothing to export.

    NoRecipient when there is something to export and nobody who may get it. Counts the attempt
    before the work, so that a task that kills its process is seen.
    """
    return retry.in_transaction(partial(_open, today=today, by=by))


def _open(*, today: date, by: Actor) -> ExportBatch | None:
    batch = _locked().first()
    if batch is None and not claims.anything_billable(today):
        return None
    recipient = processors.finance_provider(today)
    if batch is None:
        # Locked too when somebody else has just made it, whose next claim raises its version.
        batch, _ = ExportBatch.objects.select_for_update().get_or_create(
            state=BatchState.OPEN,
            defaults={
                "recipient": recipient,
                "made_on": today,
                "made_by_id": by.pk,
            },
        )
    elif batch.recipient_id != recipient.pk:
        _readdress(batch, recipient, by=by)
    batch.attempts += 1
    batch.save(update_fields=["attempts", "recipient"])
    return batch


def _readdress(batch: ExportBatch, recipient: Processor, *, by: Actor) -> None:
    """Turn an open batch over to the provider who has the contract now, and log it as such."""
    batch.recipient = recipient
    orders = ServiceOrder.objects.filter(bookkeeping_row__batch=batch)
    claims.log_disclosure(batch, orders, by=by, rows=batch.rows.count())


def is_open(batch: ExportBatch) -> bool:
    """Whether the batch is still being made."""
    return ExportBatch.objects.being_made().filter(pk=batch.pk).exists()


def finish(batch: ExportBatch, written: Written, *, today: date) -> bool:
    """Put the file in place and mark the batch as written, if the file holds all its rows.

    Returns False, and does nothing, when the batch has other rows or another export was faster.
    The e-mail addresses of erased clients are blanked here, once a file that needed them is on
    the disk (R08): a process killed earlier can still make it whole.
    """
    return retry.in_transaction(partial(_finish, batch.pk, written, today=today))


def _finish(key: UUID, written: Written, *, today: date) -> bool:
    batch = _locked().filter(pk=key).first()
    if batch is None or batch.rows.count() != written.rows:
        return False
    engine.blank_emails_of(batch)
    batch.state = BatchState.WRITTEN
    # The file's day, not the first claim's: the file's own time begins now (O5).
    batch.made_on = today
    batch.row_count = written.rows
    batch.sha256 = written.sha256
    batch.save(update_fields=["state", "made_on", "row_count", "sha256"])
    # Last, since it can't be done twice: until here the transaction may be undone and run again.
    batch_file.put_in_place(batch)
    return True


def drop_if_empty(batch: ExportBatch) -> bool:
    """Delete an open batch that claimed nothing, as when its orders were corrected meanwhile."""
    return retry.in_transaction(partial(_drop_if_empty, batch.pk))


def _drop_if_empty(key: UUID) -> bool:
    batch = _locked().filter(pk=key).first()
    if batch is None or batch.rows.exists():
        return False
    batch.delete()
    return True


def _locked() -> QuerySet[ExportBatch]:
    """The open batch, locked until the transaction ends."""
    return ExportBatch.objects.being_made().select_for_update()
