"""R14: who is due in January is frozen on 31 December, and nobody else is erased by surprise."""

import time
from datetime import date, datetime, timedelta

import pytest

from register.domain.retention import due, forecast, listed, runs
from register.domain.retention.night import STARTS_AT
from register.models import Client, ErasureList, Feedback, ListedUnit, ServiceOrder
from register.models.retention import ListKind
from register.reference.clock import moment
from tests.factories import (
    BookkeepingRowFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    night_of,
)

pytestmark = pytest.mark.django_db

NEW_YEAR_S_EVE = datetime.fromisoformat("2026-12-31T20:05:00+02:00")
FIRST, SECOND = date(2027, 1, 1), date(2027, 1, 2)


def order_of(**fields):
    ended = {"starts_on": date(2026, 1, 2), "planned_end": date(2026, 6, 15), "price": 0}
    return ServiceOrderFactory(**ended | fields)


def run(day, at=STARTS_AT):
    return runs.apply(today=day, now=moment(day, at))


def there(order):
    return ServiceOrder.objects.filter(pk=order.pk).exists()


def test_what_becomes_due_after_the_forecast_waits_and_the_rest_is_erased():
    """The act that did harm: a row that nobody was told of was erased the next night."""
    foreseen = order_of()
    assert forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    first = run(FIRST)
    assert (first.clients_erased, first.clients_waiting) == (1, 0)
    assert not there(foreseen)

    late = order_of()
    second = run(SECOND)
    assert (second.clients_erased, second.clients_waiting, second.orders_waiting) == (0, 1, 1)
    assert there(late)
    beyond = ErasureList.objects.get(kind=ListKind.BEYOND)
    assert (beyond.clients, beyond.orders) == (1, 1)
    assert beyond.is_unconfirmed(night_of(SECOND))
    for day in range(3, 31):
        run(date(2027, 1, day))
    assert there(late)
    assert run(date(2027, 1, 31)).clients_erased == 1
    assert not there(late)


def test_who_is_prolonged_after_the_forecast_is_never_erased():
    order, other = order_of(), order_of()
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    ServiceOrder.objects.filter(pk=order.pk).update(planned_end=date(2027, 3, 1))
    NoteFactory(order=other, met_on=FIRST)
    for day in (1, 2, 30, 31):
        run(date(2027, 1, day))
    assert there(order)
    assert there(other)
    assert not ListedUnit.objects.exists()


def test_an_old_forecast_says_nothing_in_another_year():
    """Prolonged then, due now: it takes the forecast of this year."""
    order = order_of()
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    ServiceOrder.objects.update(planned_end=date(2027, 3, 1))
    assert run(date(2028, 1, 1)).clients_erased == 0
    assert there(order)
    assert run(date(2028, 1, 2)).clients_erased == 1


def test_a_list_of_last_year_is_not_in_force_this_year():
    order = order_of()
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    ServiceOrder.objects.update(planned_end=date(2027, 3, 1))
    march = date(2028, 3, 8)
    assert (run(march).clients_waiting, there(order)) == (1, True)
    assert run(march + timedelta(days=1)).clients_erased == 1


def test_who_waits_for_billing_is_on_the_forecast_and_goes_on_the_last_day():
    order = order_of(price=120)
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    assert run(FIRST).clients_deferred == 1
    assert run(date(2027, 1, 30)).clients_deferred == 1
    assert run(date(2027, 1, 31)).clients_erased == 1
    assert not there(order)


def test_who_is_held_is_not_on_it():
    HoldFactory(client=order_of().client)
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    assert not ListedUnit.objects.exists()


def test_it_counts_by_kind_and_names_nobody():
    order_of(), ClientFactory(created_on=date(2026, 3, 1)), order_of(planned_end=FIRST)
    Feedback.objects.create(received_on=date(2026, 5, 1), answers="[]")
    BookkeepingRowFactory(keep_until=date(2026, 12, 31))
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    frozen = ErasureList.objects.get()
    assert (frozen.clients, frozen.orders, frozen.feedback, frozen.vouchers) == (2, 1, 1, 1)
    assert (frozen.kind, frozen.year, frozen.frozen_at) == (
        ListKind.FORECAST,
        2027,
        NEW_YEAR_S_EVE,
    )
    assert frozen.erases_at == moment(FIRST)
    assert ListedUnit.objects.count() == 5
    done = run(FIRST)
    assert (done.clients_erased, done.feedback_erased, done.vouchers_erased) == (2, 1, 1)
    assert not ListedUnit.objects.exists()
    frozen.refresh_from_db()
    assert (frozen.clients, frozen.orders) == (2, 1)


def test_feedback_and_vouchers_beyond_it_wait_too():
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    Feedback.objects.create(received_on=date(2026, 5, 1), answers="[]")
    BookkeepingRowFactory(keep_until=date(2026, 12, 31))
    done = run(FIRST)
    assert (done.feedback_erased, done.vouchers_erased) == (0, 0)
    beyond = ErasureList.objects.get(kind=ListKind.BEYOND)
    assert (beyond.feedback, beyond.vouchers) == (1, 1)
    done = run(date(2027, 1, 31))
    assert (done.feedback_erased, done.vouchers_erased) == (1, 1)


# --- without a forecast


@pytest.mark.parametrize("day", [FIRST, date(2027, 1, 12), date(2027, 1, 29)])
def test_without_one_the_first_run_freezes_one_that_holds_24_hours_later(day):
    order = order_of()
    assert run(day).clients_waiting == 1
    frozen = ErasureList.objects.get()
    assert (frozen.kind, frozen.clients) == (ListKind.FORECAST, 1)
    assert frozen.erases_at - night_of(day) == timedelta(hours=24)
    a_minute = timedelta(minutes=1)
    runs.apply(today=day, now=frozen.erases_at - a_minute)
    assert there(order)
    runs.apply(today=day + timedelta(days=1), now=frozen.erases_at)
    assert not there(order)


@pytest.mark.parametrize("day", [30, 31])
def test_begun_on_the_last_days_it_does_not_wait_beyond_january(day):
    order = order_of()
    run(date(2027, 1, day))
    assert there(order)
    last = listed.last_evening(2027)
    assert ErasureList.objects.get().erases_at <= last
    runs.apply(today=last.date(), now=last)
    assert not there(order)


def test_what_is_found_on_the_last_evening_waits_for_nothing():
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    order = order_of()
    assert run(date(2027, 1, 31)).clients_waiting == 1
    late = order_of()
    last = listed.last_evening(2027)
    assert runs.apply(today=last.date(), now=last).clients_erased == 2
    assert not there(order)
    assert not there(late)


def test_at_other_times_it_stands_on_one_evening_s_list():
    order = order_of()
    march = date(2027, 3, 8)
    assert run(march).clients_waiting == 1
    assert ErasureList.objects.get().kind == ListKind.EVENING
    assert there(order)
    assert run(march + timedelta(days=1)).clients_erased == 1


# --- killed, repeated, at once


def test_it_is_made_in_slices_and_once(monkeypatch):
    monkeypatch.setattr(forecast, "BATCH", 2)
    for _ in range(5):
        order_of()
    slices = 0
    while not forecast.freeze(year=2027, now=NEW_YEAR_S_EVE, until=time.monotonic() - 1):
        slices += 1
        assert not listed.has_forecast(2027)
    assert slices > 2
    assert ErasureList.objects.get().clients == 5
    order_of()
    assert forecast.freeze(year=2027, now=NEW_YEAR_S_EVE + timedelta(hours=1))
    assert (
        ErasureList.objects.get().clients == ListedUnit.objects.filter(kind="client").count() == 5
    )


def test_one_that_was_begun_only_holds_no_sooner_than_24_hours_after_it_is_complete(monkeypatch):
    monkeypatch.setattr(forecast, "BATCH", 1)
    order_of(), order_of()
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE, until=time.monotonic() - 1)
    assert run(FIRST).clients_erased == 0
    frozen = ErasureList.objects.get()
    assert (frozen.clients, frozen.erases_at) == (2, night_of(SECOND))
    assert run(SECOND).clients_erased == 2


def test_a_list_that_a_run_left_open_is_closed_by_the_next_one():
    """Else what it holds would wait for ever."""
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    order = order_of()
    left = ErasureList.objects.create(
        kind=ListKind.BEYOND,
        year=2027,
        due_on=FIRST,
        begun_on=FIRST,
        erases_at=moment(date(2027, 1, 31)),
        run=order.pk,
    )
    listed.put_keys(orders=[order.pk], clients=[order.client_id], on=left)
    run(date(2027, 1, 31))
    assert not there(order)


def test_the_predicate_is_the_engine_s_own(monkeypatch):
    """No second one that could differ."""
    asked = []
    monkeypatch.setattr(due, "decide", lambda keys, today: asked.append(today) or due.Decision())
    order_of()
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    assert asked == [date(2027, 1, 31)]
    assert Client.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_clients(django_assert_max_num_queries):
    for _ in range(30):
        order_of()
    with django_assert_max_num_queries(60):
        forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)


def test_the_forecast_is_frozen_on_one_day_of_the_year():
    days = [FIRST + timedelta(days=number) for number in range(365)]
    assert [day for day in days if forecast.is_day(day)] == [date(2027, 12, 31)]
