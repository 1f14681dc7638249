"""What bookkeeping keeps of an order: split from it, on a clock of its own (C45)."""

from datetime import date

from django.db import transaction
from django.db.models import DateField, F, UUIDField, Value
from django.db.models.functions import TruncMonth

from register.conf import register_settings
from register.models import BookkeepingRow, ExportBatch
from register.models.services import ServiceOrderQuerySet
from register.models.set_based import NewKey, NewReference, insert_select

COLUMNS = (
    "id",
    "reference",
    "batch",
    "order",
    "name",
    "email",
    "service_name",
    "month",
    "amount",
    "entered_on",
    "keep_until",
)


def period_end(day: date) -> date:
    """Return the last day of the accounting period that the day belongs to."""
    month, last = register_settings.ACCOUNTING_PERIOD_END
    end = _day_or_last(day.year, month, last)
    return end if day <= end else _day_or_last(day.year + 1, month, last)


def keep_until(voucher_date: date) -> date:
    """Return the last day a voucher is kept: 31 December, six years on (Accounting Act 2:10).

    The years are counted from the end of the calendar year in which the accounting period ended.
    """
    return date(period_end(voucher_date).year + register_settings.VOUCHER_YEARS, 12, 31)


@transaction.atomic
def enter(orders: ServiceOrderQuerySet, *, batch: ExportBatch | None, today: date) -> int:
    """Split off what the invoice needs from the orders, and return how many rows were made.

    Orders without a price, or entered already, are passed over: an order is entered once. The
    voucher's date is the day of entry, since the invoice is written from the row.

    Args:
        batch: the export that takes the rows; None marks them unbilled, for the next export.
    """
    # What is entered already meets the conflict below: looking for it first would read the whole
    # table for each slice of an export.
    rows = (
        orders.filter(price__gt=0)
        .with_end()
        .values_list(
            NewKey(),
            NewReference(),
            Value(batch.pk if batch else None, output_field=UUIDField()),
            F("pk"),
            F("client__name"),
            F("client__email"),
            F("service__name"),
            TruncMonth("ends_on", output_field=DateField()),
            F("price"),
            Value(today, output_field=DateField()),
            Value(keep_until(today), output_field=DateField()),
        )
    )
    return insert_select(BookkeepingRow, COLUMNS, rows, on_conflict="(order_id) DO NOTHING")


def _day_or_last(year: int, month: int, day: int) -> date:
    """Return the date, or the 28th where February has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)
