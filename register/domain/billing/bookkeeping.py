"""What bookkeeping keeps of an order: split from it, on a clock of its own (C45)."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import DateField, F, UUIDField, Value
from django.db.models.functions import TruncMonth

from register.conf import register_settings
from register.db.bulk import Keys, NewKey, NewReference, insert_select
from register.models import BookkeepingRow, ExportBatch, ServiceOrder
from register.models.billing import CARRIED
from register.models.orders import ServiceOrderQuerySet

COLUMNS = (
    "id",
    "reference",
    "batch",
    *CARRIED,
    "entered_on",
    "keep_until",
    "sort_key",
)


class Reference(NamedTuple):
    """One bookkeeping row: its key, its reference, and the order that it was split from."""

    row: UUID
    reference: str
    order: UUID | None


def period_end(day: date) -> date:
    """Return the last day of the accounting period that the day belongs to."""
    end = _period_end_in(day.year)
    return end if day <= end else _period_end_in(day.year + 1)


def keep_until(voucher_date: date) -> date:
    """Return the last day a voucher is kept: 31 December, six years on (Accounting Act 2:10).

    The years are counted from the end of the calendar year in which the accounting period ended
    (R09).
    """
    return date(period_end(voucher_date).year + register_settings.VOUCHER_YEARS, 12, 31)


def enter(orders: ServiceOrderQuerySet, *, batch: ExportBatch | None, today: date) -> int:
    """Split off what the invoice needs from the orders, and return how many rows (R08).

    Orders without a price, billed before they came here or entered already are passed over: an
    order is entered once. The voucher's date is the day of entry, since the invoice is written
    from the row.

    Args:
        batch: the export that takes the rows; None marks them unbilled, for the next export.
    """
    rows = (
        orders.to_bill()
        .with_end()
        .values_list(
            NewKey(),
            NewReference(),
            Value(batch.pk if batch else None, output_field=UUIDField()),
            *(
                TruncMonth(source, output_field=DateField()) if column == "month" else F(source)
                for column, source in CARRIED.items()
            ),
            Value(today, output_field=DateField()),
            Value(keep_until(today), output_field=DateField()),
            F("client__sort_key"),
        )
    )
    # An order that is entered already is in conflict and so passed over. Excluding such orders
    # from the query would be one more way to say it, and read the whole table of rows each time.
    return insert_select(BookkeepingRow, COLUMNS, rows, on_conflict="(order_id) DO NOTHING")


def enter_again(known: Mapping[UUID, Reference], *, batch: ExportBatch | None, on: date) -> int:
    """Enter orders as they were entered before the database was restored; return how many rows.

    Orders that are not there, or have a row, are passed over. Amounts and names are those that the
    restored database knows.

    Args:
        known: the row that it had, by the order's key.
        on: the day of the first entry.
    """
    orders = ServiceOrder.objects.filter(pk__in=Keys(known), bookkeeping_row=None).with_end()
    rows = [
        BookkeepingRow(
            id=known[pk].row,
            reference=known[pk].reference,
            batch=batch,
            order_id=pk,
            name=name,
            email=email,
            service_name=service_name,
            month=ends_on.replace(day=1),
            amount=price or 0,
            entered_on=on,
            keep_until=keep_until(on),
            sort_key=sort_key,
        )
        for pk, name, email, service_name, ends_on, price, sort_key in orders.values_list(
            *CARRIED.values(), "client__sort_key"
        )
    ]
    BookkeepingRow.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _period_end_in(year: int) -> date:
    """Return the day on which the accounting period ends in the calendar year.

    Of February its 28th and its 29th both mean the last day.
    """
    month, day = register_settings.ACCOUNTING_PERIOD_END
    if (month, day) in ((2, 28), (2, 29)):
        day = monthrange(year, month)[1]
    return date(year, month, day)
