"""What was exported since a backup is billed already: the restored database learns it (R15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from register.access.standing import SYSTEM
from register.db import retry
from register.db.bulk import Keys
from register.domain import processors
from register.domain.billing import batch_file, bookkeeping, claims, references
from register.domain.billing.bookkeeping import Reference
from register.domain.billing.references import Listing
from register.exceptions import FileDamaged
from register.models import BookkeepingRow, ExportBatch, Processor, ServiceOrder
from register.models.billing import BatchState


@dataclass(slots=True)
class Learnt:
    """What the database has learnt.

    Attributes:
        batches: batches that it did not know as made.
        services: billed services that it would have billed again.
        unknown: billed services of orders that it does not have: they were added since.
    """

    batches: int = 0
    services: int = 0
    unknown: int = 0


def learn(*, today: date) -> Learnt:
    """Note what the listings say was exported. Repeated, it finds nothing left to note.

    Raises NoRecipient when a batch's recipient is not there, and no other that could be named.
    """
    learnt = Learnt()
    listings = [references.read(file) for file in references.listings()]
    for listing in sorted(listings, key=lambda each: each.on):
        if listing.batch and was_placed(listing):
            batches, services, unknown = retry.in_transaction(
                partial(_learn, listing.batch, listing, today)
            )
            learnt.batches += batches
            learnt.services += services
            learnt.unknown += unknown
    return learnt


def was_placed(listing: Listing) -> bool:
    """Whether the batch's file was ever to be seen; if not, nothing of it was billed.

    A process that was killed just after it had put the file in place could not tell so any more.
    """
    if listing.placed or not listing.batch:
        return listing.placed
    try:
        batch_file.open_checked(listing.batch, sha256=listing.facts["sha256"]).close()
    except FileDamaged:
        return False
    return True


def entered_without_batch() -> dict[UUID, Reference]:
    """Return the rows that were entered for erased orders, by the order's key."""
    return {
        each.order: each
        for listing in map(references.read, references.listings())
        if not listing.batch
        for each in listing.references
        if each.order
    }


def drop_never_placed() -> int:
    """Remove the listings of files that were never to be seen; return how many."""
    count = 0
    for file in references.listings():
        listing = references.read(file)
        if listing.batch and not was_placed(listing):
            file.unlink()
            count += 1
    return count


def _learn(key: UUID, listing: Listing, today: date) -> tuple[int, int, int]:
    batch, is_new = _batch(key, listing, today)
    known = {each.order: each for each in listing.references if each.order}
    claimed = _rows(listing.references).filter(batch=None)
    services = claimed.count()
    claimed.update(batch=batch, keep_until=bookkeeping.keep_until(listing.on))
    entered = bookkeeping.enter_again(known, batch=batch, on=listing.on)
    _take_state(batch, listing)
    if services + entered:
        orders = ServiceOrder.objects.filter(pk__in=Keys(known), bookkeeping_row__batch=batch)
        claims.log_disclosure(batch, orders, by=SYSTEM, rows=services + entered)
    unknown = len(listing.references) - _rows(listing.references).count()
    return int(is_new), services + entered, unknown


def _rows(listed: Iterable[Reference]) -> QuerySet[BookkeepingRow]:
    return BookkeepingRow.objects.filter(pk__in=Keys(each.row for each in listed))


def _batch(key: UUID, listing: Listing, today: date) -> tuple[ExportBatch, bool]:
    """Return the listing's batch, made where it is missing, and whether it was not made yet."""
    batch = ExportBatch.objects.select_for_update().filter(pk=key).first()
    if batch is not None:
        return batch, batch.is_being_made
    recipient = Processor.objects.filter(pk=listing.facts["recipient"]).first()
    batch = ExportBatch.objects.create(
        id=key,
        recipient=recipient or processors.finance_provider(today),
        made_on=listing.on,
        state=BatchState.WRITTEN,
    )
    return batch, True


def _take_state(batch: ExportBatch, listing: Listing) -> None:
    """What became of the file since the backup is so still."""
    if listing.removed:
        batch.state = BatchState.EXPIRED
    elif listing.received_on and batch.state != BatchState.EXPIRED:
        batch.state = BatchState.RECEIVED
    elif batch.is_being_made:
        batch.state = BatchState.WRITTEN
    batch.received_on = listing.received_on or batch.received_on
    batch.made_on = listing.on
    batch.row_count, batch.sha256 = listing.facts["rows"], listing.facts["sha256"]
    batch.save()
