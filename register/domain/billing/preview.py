"""What the next export batch will hold, looked at before it is made (C24, C25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from register.access.gate import may_create
from register.access.standing import User
from register.domain.access_log.recording import record
from register.domain.billing.claims import unbilled_rows
from register.inventory.vocabulary import Purpose
from register.models import BookkeepingRow, ExportBatch, ServiceOrder
from register.models.access_log import Action

VIEW = "billing_preview"
# Clients without an e-mail address who are named on the page; of more, it says how many.
MOST_NAMED = 200


@dataclass(frozen=True)
class Unbilled:
    """What is not billed yet: how many services, and their prices together."""

    rows: int = 0
    total: Decimal = Decimal(0)

    def __add__(self, other: "Unbilled") -> "Unbilled":
        return Unbilled(self.rows + other.rows, self.total + other.total)

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Preview:
    """The batch as it would be now.

    Attributes:
        without_email: those services whose line has no address to send the invoice to.
        more_without_email: how many of these are not among them.
    """

    unbilled: Unbilled
    without_email: Sequence[ServiceOrder] = ()
    more_without_email: int = 0


def unbilled(*, by: User, today: date) -> Unbilled:
    """Count what an export of the day takes, for whoever makes one; it names nobody."""
    if not may_create(by, ExportBatch, today=today):
        return Unbilled()
    return _counted(_orders(today), "price") + sum(
        (_counted(rows, "amount") for rows in (unbilled_rows(), _claimed())), Unbilled()
    )


def preview(*, by: User, today: date) -> Preview | None:
    """Return what an export of the day takes; None to whoever makes none.

    Those without an address are named, as their lines in the batch will be: a logged read.
    """
    if not may_create(by, ExportBatch, today=today):
        return None
    missing = _orders(today).filter(client__email="")
    with transaction.atomic():
        named = list(
            missing.select_related("client", "service").order_by("client__sort_key", "pk")[
                :MOST_NAMED
            ]
        )
        if named:
            record(
                by=by,
                action=Action.VIEW,
                purpose=Purpose.BILLING,
                model=ServiceOrder,
                view=VIEW,
                objects=named,
                clients=[order.client_id for order in named],
                count=len(named),
            )
        more = missing.count() - len(named)
        return Preview(unbilled(by=by, today=today), named, more)


def _orders(today: date) -> "QuerySet[ServiceOrder]":
    return ServiceOrder.objects.finished(today).unbilled()


def _claimed() -> "QuerySet[BookkeepingRow]":
    """Return the rows of a batch that was begun and not finished: the export goes on with it."""
    return BookkeepingRow.objects.filter(batch__in=ExportBatch.objects.being_made())


def _counted(rows: "QuerySet[Any]", price: str) -> Unbilled:
    found = rows.aggregate(rows=Count("pk"), total=Sum(price))
    return Unbilled(found["rows"], found["total"] or Decimal(0))
