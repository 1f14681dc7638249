"""What the billing role does with an export batch: fetch its file, note its receipt (C24, C25)."""

import hashlib
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from register.conf import register_settings
from register.enums import Action, BatchState
from register.exceptions import FileUnavailable, NotAllowed
from register.models import ExportBatch, ServiceOrder
from register.permissions import User, purpose_of, visible

from . import access_log

DOWNLOADABLE = (BatchState.WRITTEN, BatchState.RECEIVED)


def file_of(batch: ExportBatch) -> Path:
    """Return where the batch's file is, or will be: outside the web root, nothing in its name."""
    return Path(register_settings.PRIVATE_DIR) / "billing" / f"{batch.pk}.txt"


def open_file(*, batch: ExportBatch, by: User, today: date) -> BinaryIO:
    """Open the batch's file for a download that is logged with every client in it.

    NotAllowed when the person may not see the batch; FileUnavailable when the file is not made,
    removed again, or not the one that was made. When the log can't be written, nothing is opened.
    """
    if not _visible(batch, by, today):
        raise NotAllowed("This batch is not the person's to see.")
    file = _open_checked(batch)
    try:
        with transaction.atomic():
            _log(batch, by, Action.DOWNLOAD)
    except BaseException:
        file.close()
        raise
    return file


def mark_received(*, batch: ExportBatch, by: User, today: date) -> ExportBatch:
    """Note that the finance provider has the file: its clients need not wait for billing any more.

    Marking it twice changes nothing. NotAllowed when the person may not see the batch;
    FileUnavailable while its file is not made.
    """
    with transaction.atomic():
        if not _visible(batch, by, today):
            raise NotAllowed("This batch is not the person's to see.")
        locked = ExportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state == BatchState.OPEN:
            raise FileUnavailable("The file is not made yet.")
        if locked.received_on is None:
            locked.received_on = today
            if locked.state == BatchState.WRITTEN:
                locked.state = BatchState.RECEIVED
            locked.save(update_fields=["received_on", "state"])
            _log(locked, by, Action.CHANGE)
    return locked


def _visible(batch: ExportBatch, by: User, today: date) -> bool:
    return visible(ExportBatch, to=by, today=today).filter(pk=batch.pk).exists()


def _open_checked(batch: ExportBatch) -> BinaryIO:
    """Open the file and compare it with the fingerprint that was taken when it was made."""
    state, sha256 = ExportBatch.objects.values_list("state", "sha256").get(pk=batch.pk)
    if state not in DOWNLOADABLE:
        raise FileUnavailable("The file is not made yet, or removed again.")
    try:
        file = file_of(batch).open("rb")
    except OSError:
        raise FileUnavailable("The file is missing.") from None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise FileUnavailable("The file is not the one that was made.")
    file.seek(0)
    return file


def _log(batch: ExportBatch, by: User, action: Action) -> None:
    entry = access_log.record(
        by=by,
        action=action,
        purpose=purpose_of(by, ExportBatch),
        model=ExportBatch,
        view="billing_file",
        count=batch.row_count,
    )
    orders = ServiceOrder.objects.filter(bookkeeping_row__batch=batch)
    access_log.name_subjects(entry, rows=orders, client="client")
