"""What the billing role does with a written batch: fetch its file, note its receipt (C24, C25)."""

from datetime import date
from functools import partial
from typing import BinaryIO

from django.db import transaction

from register.access.gate import purpose_of, visible
from register.access.standing import User
from register.domain.access_log import recording
from register.domain.access_log.changing import changing
from register.domain.billing import batch_file, references
from register.exceptions import FileUnavailable, NotAllowed
from register.models import AccessLogEntry, ExportBatch, ServiceOrder
from register.models.access_log import Action
from register.models.billing import BatchState

VIEW = "billing_file"


def open_file(*, batch: ExportBatch, by: User, today: date) -> BinaryIO:
    """Open the batch's file for a download that is logged with every client in it.

    NotAllowed when the person may not see the batch; FileUnavailable when the file is not made,
    removed again, or not the one that was made. When the log can't be written, nothing is opened.
    """
    if not _visible(batch, by, today):
        raise NotAllowed("This batch is not the person's to see.")
    made = ExportBatch.objects.get(pk=batch.pk)
    if not made.is_downloadable:
        raise FileUnavailable("The file is not made yet, or removed again.")
    file = batch_file.open_checked(made.pk, sha256=made.sha256)
    try:
        with transaction.atomic():
            _log_download(batch, by, today=today)
    except BaseException:
        file.close()
        raise
    return file


def mark_received(*, batch: ExportBatch, seen: int | None, by: User, today: date) -> ExportBatch:
    """Note that the finance provider has the file: its clients need not wait for billing any more.

    Marking it twice changes nothing.

    Args:
        seen: the batch's version that the person saw; None when nobody saw one.

    Raises NotAllowed to anyone but billing, Stale or Erased; FileUnavailable while the file is not
    made, FileDamaged when it is damaged or missing: what the provider got can't be vouched for.
    """
    with transaction.atomic():
        with changing(batch, by=by, today=today, seen=seen, view=VIEW) as change:
            if change.row.is_being_made:
                raise FileUnavailable("The file is not made yet.")
            if change.row.received_on is None:
                change.set(received_on=today)
                if change.row.awaits_receipt:
                    batch_file.open_checked(change.row.pk, sha256=change.row.sha256).close()
                    change.set(state=BatchState.RECEIVED)
                told = partial(references.note, batch.pk, received=str(today))
                transaction.on_commit(told, robust=True)
        if change.entry is not None:
            _name_clients(change.entry, batch)
    return change.row


def _visible(batch: ExportBatch, by: User, today: date) -> bool:
    return visible(ExportBatch, to=by, today=today).filter(pk=batch.pk).exists()


def _log_download(batch: ExportBatch, by: User, *, today: date) -> None:
    entry = recording.record(
        by=by,
        action=Action.DOWNLOAD,
        purpose=purpose_of(by, ExportBatch, today=today),
        model=ExportBatch,
        view=VIEW,
        objects=[batch],
        count=batch.row_count,
    )
    _name_clients(entry, batch)


def _name_clients(entry: AccessLogEntry, batch: ExportBatch) -> None:
    orders = ServiceOrder.objects.filter(bookkeeping_row__batch=batch)
    recording.name_subjects(entry, rows=orders, client="client")
