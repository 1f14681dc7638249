"""What an export batch claims, slice by slice: each billed service exactly once (C24).

A slice is one short transaction that locks the batch, and ends with its rows and its entry in
the log of use, or with neither.
"""

from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from register.access.standing import Actor
from register.db import retry
from register.db.bulk import Keys, KeyText
from register.domain.access_log import recording
from register.domain.billing import bookkeeping
from register.exceptions import Overtaken
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, BookkeepingRow, ExportBatch, ServiceOrder
from register.models.access_log import Action

VIEW = "billing_export"

# Below and above every key; a cursor at LAST says that the batch has claimed all it will.
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


def anything_billable(today: date) -> bool:
    """Whether an export of the day finds anything to claim.

    Orders that are delivered, priced and not yet entered, or rows without a batch.
    """
    return ServiceOrder.objects.finished(today).unbilled().exists() or unbilled_rows().exists()


def unbilled_rows() -> QuerySet[BookkeepingRow]:
    """Return the rows that no batch has claimed: entered when their clients were erased (R08)."""
    return BookkeepingRow.objects.filter(batch=None)


def claim(batch: ExportBatch, *, today: date, by: Actor, size: int) -> bool:
    """Claim the next `size` unbilled rows of erased clients, else `size` billable orders.

    Orders are taken by their random keys, from the batch's cursor on, so that no two slices
    overlap, whoever claims them. Returns whether there may be more.
    """
    return retry.in_transaction(
        partial(_claim_slice, batch.pk, today=today, by=by, size=size), again_on=(Overtaken,)
    )


def _claim_slice(key: UUID, *, today: date, by: Actor, size: int) -> bool:
    batch = ExportBatch.objects.being_made().select_for_update().filter(pk=key).first()
    if batch is None or batch.cursor == LAST:
        return False
    return _claim_rows(batch, today=today, by=by, size=size) or _claim_orders(
        batch, today=today, by=by, size=size
    )


def _claim_rows(batch: ExportBatch, *, today: date, by: Actor, size: int) -> bool:
    keys = list(unbilled_rows().order_by("pk").values_list("pk", flat=True)[:size])
    if not keys:
        return False
    # The voucher is made now, perhaps in a later accounting period than the row.
    kept_until = bookkeeping.keep_until(today)
    rows = unbilled_rows().filter(pk__in=keys).update(batch=batch, keep_until=kept_until)
    orders = ServiceOrder.objects.filter(bookkeeping_row__in=keys)
    log_disclosure(batch, orders, by=by, rows=rows)
    return True


def _claim_orders(batch: ExportBatch, *, today: date, by: Actor, size: int) -> bool:
    # no_key: notes may be added to the orders meanwhile.
    ahead = _ahead(batch.cursor or FIRST, today).select_for_update(no_key=True)
    # In the order of their keys.
    found = dict(ahead.values_list(KeyText("pk"), KeyText("client"))[:size])
    batch.cursor = UUID(list(found)[-1]) if len(found) == size else LAST
    batch.save(update_fields=["cursor"])
    if not found:
        return False
    # The clients are known from the lock already: their orders are not looked up once more.
    recording.name_clients(_disclosure(batch, by=by, rows=len(found)), set(found.values()))
    orders = ServiceOrder.objects.filter(pk__in=Keys(found))
    if bookkeeping.enter(orders, batch=batch, today=today) != len(found):
        raise Overtaken("An order was entered while it was claimed.")
    return len(found) == size


def _ahead(after: UUID, today: date) -> QuerySet[ServiceOrder]:
    """Return the billable orders beyond a key, in the order of their keys, for locking.

    Locked before they are entered, as in retention. Otherwise the new rows would lock them at the
    commit only, when foreign keys are checked: retention could have locked the same orders by
    then, and be waiting for those rows.

    The bound on the entered rows as well keeps each slice as quick as the first one.
    """
    entered = BookkeepingRow.objects.filter(order=OuterRef("pk"), order__gt=after)
    orders = ServiceOrder.objects.finished(today).to_bill().filter(pk__gt=after)
    return orders.filter(~Exists(entered)).order_by("pk")


def log_disclosure(
    batch: ExportBatch, orders: QuerySet[ServiceOrder], *, by: Actor, rows: int
) -> None:
    """Log that the rows are disclosed to the batch's recipient.

    Clients who are erased already have no order: they are counted, not named.
    """
    if rows:
        entry = _disclosure(batch, by=by, rows=rows)
        recording.name_subjects(entry, rows=orders, client="client")


def _disclosure(batch: ExportBatch, *, by: Actor, rows: int) -> AccessLogEntry:
    return recording.record(
        by=by,
        action=Action.DISCLOSE,
        purpose=Purpose.BILLING,
        model=ExportBatch,
        view=VIEW,
        objects=[batch],
        recipient=batch.recipient_id,
        count=rows,
    )
