"""What should have been erased by a day and is still there, counted apart from the engine (C44).

The engine decides by queries of its own. Here the ends of orders are compared one by one, so that
a fault there is seen here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from register.models import (
    BookkeepingRow,
    Client,
    ErasureList,
    Feedback,
    Hold,
    ListedUnit,
    ServiceOrder,
)
from register.reference.clock import a_year_after

# What falls due in another month than January stands on a list for a day before it is erased.
ON_A_LIST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Left:
    """What ended before this year and is still there.

    Attributes:
        late: what nothing keeps any more: it is past 31 January, or a year from its end.
        waiting: what is erased by the end of January, or stands on a list for a day.
        held: what a legal hold keeps.
    """

    late: int = 0
    waiting: int = 0
    held: int = 0


def left(today: date) -> Left:
    """Count the orders, the clients without any, and the feedback of earlier years."""
    january = date(today.year, 1, 1)
    holds = Hold.objects.filter(Q(released_on=None) | Q(released_on__gt=today))
    held = set(holds.values_list("client", flat=True))
    fresh = ErasureList.objects.filter(begun_on__gt=today - ON_A_LIST).values("pk")
    listed = set(ListedUnit.objects.filter(erasure_list__in=fresh).values_list("key", flat=True))
    late = waiting = kept = 0
    for key, client, end in _ends(january):
        over = today >= date(today.year, 1, 31) or today >= a_year_after(end)
        if client in held:
            kept += 1
        elif over and key not in listed:
            late += 1
        else:
            waiting += 1
    return Left(late, waiting, kept)


def _ends(january: date) -> Iterator[tuple[UUID, UUID | None, date]]:
    """Yield key, client and end of each thing that ended before the year."""
    rows = ServiceOrder.objects.filter(
        Q(cancelled_on__lt=january) | Q(actual_end__lt=january) | Q(planned_end__lt=january)
    )
    came = ~Q(notes__kind="no_show")
    with_note: Any = rows.annotate(last_note=Max("notes__met_on", filter=came)).order_by()
    fields = ("pk", "client", "cancelled_on", "actual_end", "planned_end", "last_note")
    for key, client, cancelled, actual, planned, note in with_note.values_list(*fields).iterator():
        end = cancelled or actual or max(planned, note or planned)
        if end < january:
            yield key, client, end
    orders = ServiceOrder.objects.filter(client=OuterRef("pk"))
    alone = Client.objects.filter(~Exists(orders), created_on__lt=january)
    yield from alone.values_list("pk", "pk", "created_on").iterator()
    answers = Feedback.objects.filter(received_on__lt=january)
    for key, received in answers.values_list("pk", "received_on").iterator():
        yield key, None, received


def outlived_vouchers(today: date) -> int:
    """Count bookkeeping rows past their last day, whose order is not there any more either."""
    return BookkeepingRow.objects.filter(keep_until__lt=today, order=None).count()
