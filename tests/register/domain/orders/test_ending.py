"""C16, C44: an ordered service is prolonged, ended, cancelled, and its end taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.domain import statistics
from register.domain.billing import bookkeeping
from register.domain.orders import ending, orders
from register.exceptions import Erased, NotAllowed, Stale
from register.models import BookkeepingRow, ServiceOrder, StatisticTally
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ExportBatchFactory,
    NoteFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def counsellor():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def order(counsellor):
    order = ServiceOrderFactory()
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


def do(act, order, by, **wanted):
    return act(order=order, seen=None, by=by, today=TODAY, **wanted)


def ends_on(order):
    return ServiceOrder.objects.with_end().get(pk=order.pk).ends_on


ACTS = {
    ending.prolong: {"until": date(2027, 3, 1)},
    ending.end: {"on": TODAY},
    ending.cancel: {"on": TODAY},
    ending.reopen: {},
}
each_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)


@each_act
def test_nobody_acts_on_a_colleagues_order(act, counsellor):
    with pytest.raises(NotAllowed):
        do(act, ServiceOrderFactory(), counsellor, **ACTS[act])


@each_act
def test_what_somebody_changed_meanwhile_is_looked_at_again(act, counsellor, order):
    orders.change_order(order=order, changes={"price": 1}, seen=1, by=counsellor, today=TODAY)
    with pytest.raises(Stale):
        act(order=order, seen=1, by=counsellor, today=TODAY, **ACTS[act])


@each_act
def test_an_erased_order_is_told(act, counsellor, order):
    ServiceOrder.objects.filter(pk=order.pk).delete()
    with pytest.raises(Erased):
        do(act, order, counsellor, **ACTS[act])


@each_act
def test_billing_keeps_the_end_that_it_has(act, counsellor, order):
    """C25."""
    do(ending.end, order, counsellor, on=TODAY)
    bookkeeping.enter(ServiceOrder.objects.all(), batch=ExportBatchFactory(), today=TODAY)
    with pytest.raises(ValidationError):
        do(act, order, counsellor, **ACTS[act])
    assert ends_on(order) == TODAY


# --- prolonging


@pytest.mark.parametrize(
    ("planned_end", "months", "until"),
    [
        (date(2026, 12, 1), 3, date(2027, 3, 1)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 6, 1), 3, date(2027, 2, 25)),  # over: counted from today
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
    ],
)
def test_months_are_added_to_the_validity_or_to_today(planned_end, months, until):
    order = ServiceOrder(planned_end=planned_end)
    assert ending.prolonged_by(order, months, today=TODAY) == until


def test_a_prolonged_service_is_valid_until_the_new_day(counsellor, order):
    do(ending.prolong, order, counsellor, until=date(2027, 3, 1))
    assert ends_on(order) == date(2027, 3, 1)


@pytest.mark.parametrize("until", [date(2026, 12, 1), date(2026, 11, 30), date(2026, 11, 1)])
def test_an_earlier_day_prolongs_nothing(counsellor, order, until):
    with pytest.raises(ValidationError, match="until"):
        do(ending.prolong, order, counsellor, until=until)


TWO_YEARS = date(2028, 11, 25)


@pytest.mark.parametrize(
    "save",
    [
        lambda order, by, until, why: do(ending.prolong, order, by, until=until, reason=why),
        lambda order, by, until, why: orders.change_order(
            order=order,
            changes={"planned_end": until, "long_validity_reason": why},
            seen=None,
            by=by,
            today=TODAY,
        ),
        lambda order, by, until, why: orders.order_service(
            client=order.client,
            values={
                "service": order.service,
                "office": order.office,
                "manner": order.manner,
                "price": 0,
                "starts_on": TODAY,
                "planned_end": until,
                "long_validity_reason": why,
            },
            by=by,
            today=TODAY,
        ),
    ],
    ids=["prolonged", "changed", "new"],
)
def test_more_than_two_years_ahead_needs_a_reason(counsellor, order, save):
    assert save(order, counsellor, TWO_YEARS, "").long_validity_reason == ""
    later = TWO_YEARS + timedelta(days=1)
    with pytest.raises(ValidationError, match="long_validity_reason"):
        save(order, counsellor, later, "")
    saved = save(order, counsellor, later, "Opinnot kestävät kolme vuotta.")
    stored = ServiceOrder.objects.get(pk=saved.pk)
    assert stored.long_validity_reason == "Opinnot kestävät kolme vuotta."
    assert "Opinnot" not in stored.long_validity_reason_encrypted


def test_a_reason_that_is_needed_no_more_is_not_kept(counsellor, order):
    do(ending.prolong, order, counsellor, until=date(2029, 1, 1), reason="Pitkät opinnot.")
    orders.change_order(
        order=order,
        changes={"planned_end": date(2027, 1, 1)},
        seen=None,
        by=counsellor,
        today=TODAY,
    )
    assert ServiceOrder.objects.get(pk=order.pk).long_validity_reason_encrypted == ""


def test_an_old_long_validity_stands_in_nobodys_way(counsellor, order):
    ServiceOrder.objects.update(planned_end=date(2031, 1, 1))
    changes = {"specification": "Uusi toive."}
    orders.change_order(order=order, changes=changes, seen=None, by=counsellor, today=TODAY)
    assert ServiceOrder.objects.get().specification == "Uusi toive."


# --- ending, and taking it back


def test_an_ended_service_is_over_that_day(counsellor, order):
    do(ending.end, order, counsellor, on=TODAY)
    assert ends_on(order) == TODAY
    assert list(ServiceOrder.objects.finished(TODAY)) == [order]


@pytest.mark.parametrize("on", [date(2026, 11, 26), date(2026, 1, 1)])
def test_a_service_ends_neither_in_the_future_nor_before_it_starts(counsellor, order, on):
    with pytest.raises(ValidationError, match="on"):
        do(ending.end, order, counsellor, on=on)


@pytest.mark.parametrize("first", [ending.end, ending.cancel])
@pytest.mark.parametrize("second", [ending.end, ending.cancel, ending.prolong])
def test_what_has_ended_ends_once(counsellor, order, first, second):
    do(first, order, counsellor, on=TODAY)
    with pytest.raises(ValidationError, match="jo päättynyt"):
        do(second, order, counsellor, **ACTS[second])


@pytest.mark.parametrize("act", [ending.end, ending.cancel])
def test_an_end_is_taken_back(counsellor, order, act):
    do(act, order, counsellor, on=TODAY)
    do(ending.reopen, order, counsellor)
    assert ends_on(order) == date(2026, 12, 1)
    assert list(ServiceOrder.objects.ongoing(TODAY)) == [order]


# --- cancelling


def test_a_service_is_cancelled_before_it_starts(counsellor, order):
    ServiceOrder.objects.update(starts_on=date(2027, 1, 11), planned_end=date(2027, 6, 1))
    do(ending.cancel, order, counsellor, on=TODAY)
    assert ends_on(order) == TODAY
    assert list(ServiceOrder.objects.finished(TODAY)) == [order]


def test_a_cancelled_service_ends_that_day_whatever_was_noted(counsellor, order):
    NoteFactory(order=order, met_on=date(2026, 12, 20))
    do(ending.cancel, order, counsellor, on=date(2026, 11, 20))
    assert ends_on(order) == date(2026, 11, 20)


def test_no_service_is_cancelled_in_the_future(counsellor, order):
    with pytest.raises(ValidationError, match="on"):
        do(ending.cancel, order, counsellor, on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("fee", [None, Decimal(0), Decimal("40.00")])
def test_only_the_fee_of_a_cancelled_service_is_billed(counsellor, order, fee):
    do(ending.cancel, order, counsellor, on=TODAY, fee=fee)
    bookkeeping.enter(ServiceOrder.objects.unbilled(), batch=ExportBatchFactory(), today=TODAY)
    billed = list(BookkeepingRow.objects.values_list("amount", "month"))
    assert billed == ([(fee, date(2026, 11, 1))] if fee else [])


def test_no_fee_is_set_of_what_was_billed_elsewhere(counsellor, order):
    ServiceOrder.objects.update(billed_before=True)
    with pytest.raises(ValidationError, match="fee"):
        do(ending.cancel, order, counsellor, on=TODAY, fee=Decimal(40))
    do(ending.cancel, order, counsellor, on=TODAY)


def test_a_free_service_is_cancelled_with_a_fee(counsellor, order):
    ServiceOrder.objects.update(price=0)
    assert do(ending.cancel, order, counsellor, on=TODAY, fee=Decimal(40)).price == 40


def test_a_fee_is_not_negative(counsellor, order):
    with pytest.raises(ValidationError, match="price"):
        do(ending.cancel, order, counsellor, on=TODAY, fee=Decimal(-1))


@given(cancelled=st.lists(st.booleans(), max_size=12), erased=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_statistic_counts_a_cancelled_service(order, cancelled, erased):
    """C46: neither of those that were erased, nor of those still here."""
    with transaction.atomic():
        same = {"service": order.service, "office": order.office, "manner": order.manner}
        ServiceOrder.objects.all().delete()
        for each in cancelled:
            end = {"cancelled_on": TODAY} if each else {"actual_end": TODAY}
            ServiceOrderFactory(**same, **end)
        if erased:
            statistics.tally(ServiceOrder.objects.all())
            ServiceOrder.objects.all().delete()
            tallied = sum(StatisticTally.objects.values_list("count", flat=True))
            assert tallied == cancelled.count(False)
        assert sum(statistics._cells(2026).values()) == cancelled.count(False)
        transaction.set_rollback(True)
