"""Anonymous statistics: all that remains of a year, published once (C46, R10).

Orders are counted into tallies as they are erased. On 1 February the year's tallies and the
orders that are still here (on hold) become its statistics; nothing is added later.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from register.db import retry
from register.db.bulk import insert_select
from register.inventory import inventory
from register.models import PublishedYear, RetentionRun, ServiceOrder, Statistic, StatisticTally
from register.models.orders import Manner, ServiceOrderQuerySet

# A cell is shown from this count on; "other" holds as many, and never one cell alone.
SMALLEST_CELL = 5
FEWEST_MERGED = 2

C = TypeVar("C", bound=tuple[str, ...])


def counted() -> tuple[str, ...]:
    """Return by what orders are counted, as the inventory declares it; nothing where none is."""
    return inventory[ServiceOrder._meta.label].counted


def tally(orders: ServiceOrderQuerySet) -> None:
    """Count orders that are about to be erased, except those of years already published.

    A cancelled order is counted in no year (R04).
    """
    if not counted():
        return
    rows = _by_cell(orders).exclude(year__in=PublishedYear.objects.values("year"))
    insert_select(
        StatisticTally,
        ("year", *counted(), "count"),
        rows,
        on_conflict=(
            "(year, service_id, manner, office_id)"
            f" DO UPDATE SET count = {StatisticTally._meta.db_table}.count + excluded.count"
        ),
    )


def publish(*, today: date) -> int:
    """Publish the years that are due and not yet out, and return how many they were.

    A year is due from 1 February of the next one; a missed day is caught up.
    """
    last = today.year - (1 if today >= date(today.year, 2, 1) else 2)
    present = ServiceOrder.objects.counted().ended_before(date(last + 1, 1, 1))
    published = set(PublishedYear.objects.values_list("year", flat=True))
    years = set(StatisticTally.objects.filter(year__lte=last).values_list("year", flat=True))
    by_year = present.annotate(year=ExtractYear("ends_on")).order_by()
    if counted():
        years |= set(by_year.values_list("year", flat=True).distinct())
    for year in sorted(years - published):
        retry.in_transaction(partial(_publish_year, year, today=today))
    return len(years - published)


def _publish_year(year: int, *, today: date) -> None:
    # The runs are locked so that nothing is erased between the two counts: such an order would be
    # in neither of them, or in both.
    list(RetentionRun.objects.select_for_update().unfinished().filter(dry=False))
    # First of all rows: of two who publish at once the second fails here and changes nothing.
    PublishedYear.objects.create(year=year, published_on=today)
    cells = _cells(year)
    shown, other = merge_small(cells)
    Statistic.objects.bulk_create(
        Statistic(
            year=year, service_name=service, manner=Manner(manner), office_name=office, count=count
        )
        for (service, manner, office), count in shown.items()
    )
    if other:
        Statistic.objects.create(year=year, count=other)
    StatisticTally.objects.filter(year=year).delete()


def _cells(year: int) -> dict[tuple[str, str, str], int]:
    """Return the year's counts: of orders that were erased, and of those still here."""
    names = ("service__name", "manner", "office__name")
    erased = StatisticTally.objects.filter(year=year).values_list(*names).annotate(n=Sum("count"))
    present = (
        ServiceOrder.objects.counted()
        .ended_before(date(year + 1, 1, 1))
        .annotate(year=ExtractYear("ends_on"))
        .filter(year=year)
        .order_by()
        .values_list(*names)
        .annotate(n=Count("pk"))
    )
    cells: dict[tuple[str, str, str], int] = {}
    for rows in (erased, present):
        for *cell, count in rows:
            key = (cell[0], cell[1], cell[2])
            cells[key] = cells.get(key, 0) + count
    return cells


def merge_small(cells: Mapping[C, int]) -> tuple[dict[C, int], int]:
    """Return the cells that may be shown, and the count of "other" (0: there is none).

    Cells under five are merged into "other", which holds at least two cells and five counts; when
    it would not, the next smallest cell joins it. Where that is impossible nothing is shown.
    """
    by_size = sorted(cells, key=lambda cell: (cells[cell], cell))
    merged = [cell for cell in by_size if cells[cell] < SMALLEST_CELL]
    shown = by_size[len(merged) :]
    while merged and not _fits(merged, cells):
        if not shown:
            return {}, 0
        merged.append(shown.pop(0))
    return {cell: cells[cell] for cell in shown}, sum(cells[cell] for cell in merged)


def _fits(merged: list[C], cells: Mapping[C, int]) -> bool:
    return len(merged) >= FEWEST_MERGED and sum(map(cells.__getitem__, merged)) >= SMALLEST_CELL


def _by_cell(orders: ServiceOrderQuerySet) -> QuerySet[Any, Any]:
    return (
        orders.counted()
        .with_end()
        .annotate(year=ExtractYear("ends_on"))
        .order_by()
        .values("year", *counted())
        .annotate(n=Count("pk"))
        .values_list("year", *counted(), "n")
    )
