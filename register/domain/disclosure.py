"""An export batch from the first claim to its file (C24): each service is claimed exactly once.

Every claim is a short transaction that locks the batch, and ends with its rows and its entry in
the log of use or with neither. A batch that is still open is taken up by the next export.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from register.enums import Action, BatchState, Purpose
from register.exceptions import Overtaken
from register.models import BookkeepingRow, ExportBatch, Processor, ServiceOrder
from register.models.services import ServiceOrderQuerySet
from register.models.set_based import Keys
from register.permissions import User

from . import access_log, bookkeeping, erasure, processors

VIEW = "billing_export"


# Below and above every key; a cursor at LAST says that the batch has claimed all it will.
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


def billable(today: date) -> ServiceOrderQuerySet:
    """Return the orders that an export of the day claims: delivered, priced, not yet claimed."""
    orders: ServiceOrderQuerySet = ServiceOrder.objects.finished(today).unbilled()
    return orders


def left_over() -> QuerySet[BookkeepingRow]:
    """Return the rows of clients who went on 31 January, and which no batch has claimed."""
    return BookkeepingRow.objects.filter(batch=None)


def open_batch(*, today: date, by: User | None) -> ExportBatch | None:
    """Return the batch that is being made, else a new one, else None: nothing to export.

    NoRecipient when there is something to export and nobody who may get it. Counts the attempt
    before the work, so that a task that kills its process is seen.
    """
    with transaction.atomic():
        batch = _locked().first()
        if batch is None and not (billable(today).exists() or left_over().exists()):
            return None
        recipient = processors.finance_provider(today)
        if batch is None:
            batch, _ = ExportBatch.objects.get_or_create(
                state=BatchState.OPEN,
                defaults={
                    "recipient": recipient,
                    "made_on": today,
                    "made_by_id": by.pk if by is not None else None,
                },
            )
        elif batch.recipient_id != recipient.pk:
            _readdress(batch, recipient, by=by)
        batch.attempts += 1
        batch.save(update_fields=["attempts", "recipient"])
    return batch


def is_open(batch: ExportBatch) -> bool:
    """Whether the batch is still being made."""
    return ExportBatch.objects.filter(pk=batch.pk, state=BatchState.OPEN).exists()


def claim(batch: ExportBatch, *, today: date, by: User | None, size: int) -> bool:
    """Claim the next `size` rows of clients who are gone, else `size` billable orders.

    Orders go by their random keys, from the batch's cursor on, so that no two slices overlap,
    whoever claims them. Returns whether there may be more.
    """
    with transaction.atomic():
        locked = _locked().filter(pk=batch.pk).first()
        if locked is None or locked.cursor == LAST:
            return False
        gone = list(left_over().order_by("pk").values_list("pk", flat=True)[:size])
        if gone:
            # The voucher is made now, perhaps in a later accounting period than the row.
            rows = (
                left_over()
                .filter(pk__in=gone)
                .update(batch=locked, keep_until=bookkeeping.keep_until(today))
            )
            orders = ServiceOrder.objects.filter(bookkeeping_row__in=gone)
            _disclose(locked, orders, by=by, rows=rows)
            return True
        keys = list(_ahead(locked.cursor or FIRST, today).values_list("pk", flat=True)[:size])
        locked.cursor = keys[-1] if len(keys) == size else LAST
        locked.save(update_fields=["cursor"])
        orders = ServiceOrder.objects.filter(pk__in=Keys(keys))
        _disclose(locked, orders, by=by, rows=len(keys))
        if bookkeeping.enter(orders, batch=locked, today=today) != len(keys):
            raise Overtaken("An order was entered or erased while it was claimed.")
        return len(keys) == size


def _ahead(after: UUID, today: date) -> QuerySet[ServiceOrder]:
    """Return the billable orders beyond a key, in the order of their keys.

    The bound on the entered rows as well keeps each slice as quick as the first one.
    """
    entered = BookkeepingRow.objects.filter(order=OuterRef("pk"), order__gt=after)
    orders = ServiceOrder.objects.finished(today).filter(price__gt=0, pk__gt=after)
    return orders.filter(~Exists(entered)).order_by("pk")


def finish(
    batch: ExportBatch, *, today: date, rows: int, sha256: str, put_in_place: Callable[[], None]
) -> bool:
    """Put the file in place and mark the batch as written, if the file holds all its rows.

    Returns False, and does nothing, when the batch has other rows or another export was faster.
    The e-mail addresses of clients who are gone leave their rows here, once the file that
    needed them is on the disk (DOMAIN 3): a process killed earlier can still make it whole.
    """
    with transaction.atomic():
        if not _locked().filter(pk=batch.pk).exists() or batch.rows.count() != rows:
            return False
        put_in_place()
        erasure.blank_emails_of(batch)
        batch.state = BatchState.WRITTEN
        # The file's day, not the first claim's: the file's own time begins now (O5).
        batch.made_on = today
        batch.row_count = rows
        batch.sha256 = sha256
        batch.save(update_fields=["state", "made_on", "row_count", "sha256"])
    return True


def drop_if_empty(batch: ExportBatch) -> bool:
    """Delete an open batch that claimed nothing, as when its orders were corrected meanwhile."""
    with transaction.atomic():
        if not _locked().filter(pk=batch.pk).exists() or batch.rows.exists():
            return False
        batch.delete()
    return True


def _locked() -> QuerySet[ExportBatch]:
    """The open batch, locked until the transaction ends (SQLite locks with its first statement)."""
    return ExportBatch.objects.select_for_update().filter(state=BatchState.OPEN)


def _disclose(
    batch: ExportBatch, orders: QuerySet[ServiceOrder], *, by: User | None, rows: int
) -> None:
    """Log that the rows go to the recipient. Clients who are gone are counted, not named."""
    if rows:
        entry = access_log.record(
            by=by,
            action=Action.DISCLOSE,
            purpose=Purpose.BILLING,
            model=BookkeepingRow,
            view=VIEW,
            recipient=batch.recipient_id,
            count=rows,
        )
        access_log.name_subjects(entry, rows=orders, client="client")


def _readdress(batch: ExportBatch, recipient: Processor, *, by: User | None) -> None:
    """Turn an open batch over to the provider who has the contract now, and log it as such."""
    batch.recipient = recipient
    orders = ServiceOrder.objects.filter(bookkeeping_row__batch=batch)
    _disclose(batch, orders, by=by, rows=batch.rows.count())
