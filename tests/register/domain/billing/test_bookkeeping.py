"""C45: what bookkeeping keeps of an order, and how long."""

from bisect import bisect_left
from datetime import date, timedelta
from decimal import Decimal

import pytest

from register.domain.billing import bookkeeping
from register.domain.operations import derived_keys
from register.models import BookkeepingRow, ServiceOrder
from tests.factories import (
    BookkeepingRowFactory,
    ExportBatchFactory,
    NoteFactory,
    ServiceOrderFactory,
)


@pytest.fixture
def accounting_period(settings):
    def end_on(month: int, day: int) -> None:
        settings.REGISTER = settings.REGISTER | {"ACCOUNTING_PERIOD_END": (month, day)}

    return end_on


@pytest.mark.parametrize(
    ("ends", "voucher", "kept_until"),
    [
        ((12, 31), date(2022, 12, 31), date(2028, 12, 31)),
        ((12, 31), date(2022, 1, 1), date(2028, 12, 31)),
        ((3, 31), date(2024, 3, 31), date(2030, 12, 31)),
        ((3, 31), date(2023, 4, 1), date(2030, 12, 31)),
        ((3, 31), date(2024, 4, 1), date(2031, 12, 31)),
        ((2, 29), date(2023, 2, 28), date(2029, 12, 31)),
        ((2, 29), date(2023, 3, 1), date(2030, 12, 31)),
        ((2, 28), date(2024, 2, 29), date(2030, 12, 31)),
    ],
)
def test_vouchers_are_kept_six_years_from_the_end_of_the_calendar_year(
    accounting_period, ends, voucher, kept_until
):
    accounting_period(*ends)
    assert bookkeeping.keep_until(voucher) == kept_until


def real_ends(month: int, day: int) -> list[date]:
    """The oracle: walk through the calendar, and keep each last day of a period."""
    ends, each = [], date(2019, 1, 1)
    while each.year < 2035:
        tomorrow = each + timedelta(days=1)
        in_february = (month, day) in ((2, 28), (2, 29))
        if (
            (tomorrow.month, tomorrow.day) == (3, 1)
            if in_february
            else (
                each.month,
                each.day,
            )
            == (month, day)
        ):
            ends.append(each)
        each = tomorrow
    return ends


EVERY_DAY = [date(2020, 1, 1) + timedelta(days=n) for n in range(13 * 365 + 4)]


@pytest.mark.parametrize(
    "ends", [(12, 31), (3, 31), (2, 28), (2, 29), (2, 27), (3, 1), (6, 30), (1, 1), (1, 31)]
)
def test_every_day_of_thirteen_years_belongs_to_the_period_that_ends_next(accounting_period, ends):
    """R09, with years in which February has 29 days and in which it has 28."""
    accounting_period(*ends)
    last_days = real_ends(*ends)
    assert EVERY_DAY[-1] == date(2032, 12, 31)
    for day in EVERY_DAY:
        end = last_days[bisect_left(last_days, day)]
        assert bookkeeping.period_end(day) == end
        assert bookkeeping.keep_until(day) == date(end.year + 6, 12, 31)


@pytest.mark.django_db
def test_a_row_is_what_the_invoice_needs_and_no_more():
    order = ServiceOrderFactory(planned_end=date(2026, 5, 1), price=Decimal("120.50"))
    NoteFactory(order=order, met_on=date(2026, 6, 17))
    batch = ExportBatchFactory()

    entered = bookkeeping.enter(ServiceOrder.objects.all(), batch=batch, today=date(2026, 7, 1))

    row = BookkeepingRow.objects.get()
    assert entered == 1
    assert (row.batch, row.order, row.name, row.email) == (
        batch,
        order,
        order.client.name,
        order.client.email,
    )
    assert (row.service_name, row.month, row.amount) == (
        order.service.name,
        date(2026, 6, 1),
        Decimal("120.50"),
    )
    assert (row.entered_on, row.keep_until) == (date(2026, 7, 1), date(2032, 12, 31))


@pytest.mark.django_db
def test_keys_and_references_are_random_and_well_formed():
    for _ in range(3):
        ServiceOrderFactory()

    bookkeeping.enter(ServiceOrder.objects.all(), batch=None, today=date(2026, 7, 1))

    rows = BookkeepingRow.objects.all()
    assert {row.pk.version for row in rows} == {4}
    references = {row.reference for row in rows}
    assert len(references) == 3
    assert all(len(reference) == 20 and int(reference, 16) for reference in references)


@pytest.mark.django_db
def test_an_order_is_entered_once_and_a_free_one_never():
    ServiceOrderFactory(price=0)
    entered = ServiceOrderFactory()
    BookkeepingRowFactory(order=entered)
    fresh = ServiceOrderFactory()

    def enter():
        return bookkeeping.enter(ServiceOrder.objects.all(), batch=None, today=date(2026, 7, 1))

    assert (enter(), enter()) == (1, 0)
    assert set(BookkeepingRow.objects.values_list("order", flat=True)) == {entered.pk, fresh.pk}


@pytest.mark.django_db
def test_a_row_is_found_by_the_name_that_it_keeps():
    ServiceOrderFactory(client__name="Åke von Öhman", planned_end=date(2026, 5, 1), price=120)
    bookkeeping.enter(ServiceOrder.objects.all(), batch=None, today=date(2026, 7, 1))
    assert BookkeepingRow.objects.get().sort_key == "}hman {ke"
    assert derived_keys.count_stale() == {}
