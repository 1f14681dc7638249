"""A service has one state a day: for a row in hand and for a filter (C16)."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from register.models import ServiceOrder
from register.models.orders import SOON, OrderState, state_of
from tests.factories import HoldFactory, ServiceOrderFactory

TODAY = date(2026, 6, 15)
VALID, ENDS_SOON, TO_COME, LAPSED, OVER, CANCELLED, POSTPONED = OrderState
DAYS = {
    "yesterday": TODAY - timedelta(days=1),
    "today": TODAY,
    "in thirty days": TODAY + timedelta(days=SOON),
    "later": TODAY + timedelta(days=SOON + 1),
}
EXPECTED = {
    ("yesterday", None): LAPSED,
    ("today", None): ENDS_SOON,
    ("in thirty days", None): ENDS_SOON,
    ("later", None): VALID,
    ("later", "yesterday"): OVER,
    ("later", "today"): OVER,
    ("later", "in thirty days"): ENDS_SOON,
    ("yesterday", "later"): VALID,
}


def order_of(planned, actual, **values):
    return ServiceOrderFactory(
        starts_on=date(2026, 1, 1),
        planned_end=DAYS[planned],
        actual_end=DAYS[actual] if actual else None,
        **values,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(("days", "expected"), EXPECTED.items())
def test_row_and_filter_say_the_same(days, expected, held):
    order = order_of(*days)
    if held:
        HoldFactory(client=order.client, released_on=None)
        expected = POSTPONED if expected in {OVER, LAPSED} else expected
    [row] = ServiceOrder.objects.with_hold(TODAY)
    assert state_of(row, TODAY) is expected
    for state in OrderState:
        assert ServiceOrder.objects.in_state(state, TODAY).exists() == (state is expected)


@pytest.mark.django_db
def test_what_begins_later_is_not_in_force_yet():
    ServiceOrderFactory(starts_on=TODAY + timedelta(days=1), planned_end=DAYS["later"])
    assert state_of(ServiceOrder.objects.with_hold(TODAY).get(), TODAY) is TO_COME
    assert ServiceOrder.objects.in_state(TO_COME, TODAY).exists()
    assert not ServiceOrder.objects.in_state(VALID, TODAY).exists()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_their_words_are_short_and_different(language):
    with translation.override(language):
        words = [str(state.label) for state in OrderState]
    assert len(set(words)) == len(words)
    assert max(map(len, words)) <= 20


def test_the_finnish_words_are_those_of_the_house():
    with translation.override("fi"):
        words = [str(state.label) for state in OrderState]
    assert words == [
        "Voimassa",
        "Päättyy pian",
        "Ei vielä alkanut",
        "Voimassaolo päättyi",
        "Päättynyt",
        "Peruttu",
        "Poisto lykätty",
    ]


@pytest.mark.django_db
def test_a_cancelled_service_is_cancelled_whenever_it_would_have_begun():
    order = ServiceOrderFactory(
        starts_on=DAYS["later"], planned_end=DAYS["later"], cancelled_on=TODAY
    )
    [found] = ServiceOrder.objects.with_hold(TODAY).in_state(CANCELLED, TODAY)
    assert (found, state_of(found, TODAY)) == (order, CANCELLED)
