"""C44, O5, O6, R01–R03: the day that a card tells is the day on which the run erases."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from register.domain.retention import erasure_date
from register.domain.retention.erasure_date import ClientEnds, OrderEnd, Postponed
from register.models import Client, ServiceOrder
from register.models.retention import HoldGround
from tests.factories import (
    run_on,
)
from tests.register.domain.retention.oracle import (
    CLIENTS,
    RUN_DAYS,
    AClient,
    AnOrder,
    World,
    oracle,
)

FIRST = date(2027, 1, 1)
TODAY = date(2026, 11, 27)


def order_end(order: AnOrder, *, key=None) -> OrderEnd:
    return OrderEnd(
        key=key, service="Uraohjaus", ends_on=order.end, unsettled=order.unfinished_bill
    )


def ends_of(client: AClient) -> ClientEnds:
    return ClientEnds(
        created_on=client.created_on,
        orders=tuple(order_end(order) for order in client.orders),
        holds=tuple(
            Postponed(ground=HoldGround.LEGAL_CLAIMS, review_on=FIRST, released_on=released)
            for released in client.holds
        ),
    )


@given(clients=CLIENTS, day=RUN_DAYS)
def test_a_day_erases_what_the_oracle_says(clients, day):
    outcome = oracle(clients, day)
    all_ends = [ends_of(client) for client in clients]
    erased = {c for c, ends in enumerate(all_ends) if ends.is_erased_on(day)}
    assert erased == outcome.clients
    orders = {
        (c, o)
        for c, ends in enumerate(all_ends)
        for o, order in enumerate(ends.orders)
        if ends.is_order_erased_on(order, day)
    }
    assert orders == outcome.orders


DAYS_OF_LIFE = st.dates(date(2024, 1, 1), date(2028, 12, 31))
A_LIFE = st.builds(
    AClient,
    created_on=DAYS_OF_LIFE,
    orders=st.lists(
        st.builds(
            AnOrder,
            planned_end=DAYS_OF_LIFE.filter(lambda day: (day.month, day.day) != (2, 29)),
            price=st.sampled_from([0, 120]),
        ),
        max_size=3,
    ),
)


@given(client=A_LIFE, today=DAYS_OF_LIFE)
def test_the_day_is_the_first_of_all_on_which_the_oracle_erases(client, today):
    """Day by day, from tomorrow on, with no rule about which days come into question."""
    told = ends_of(client).erased_on(today=today)
    day = today + timedelta(days=1)
    while not oracle([client], day).clients:
        assert day != told
        day += timedelta(days=1)
    assert day == told


@pytest.mark.django_db
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clients=CLIENTS, today=RUN_DAYS)
def test_the_run_erases_on_the_day_that_was_told_and_not_the_day_before(world, clients, today):
    with transaction.atomic():
        world.fill(clients)
        told = {
            c: erasure_date.of_client(Client.objects.get(pk=key)).erased_on(today=today)
            for key, c in world.clients.items()
        }
        days = [day for day in told.values() if day]
        assume(days)
        day = min(days)
        if day - timedelta(days=1) > today:
            run_on(day - timedelta(days=1))
            assert world.erased()[0] == set()
        run_on(day)
        assert world.erased()[0] == {c for c, each in told.items() if each == day}
        transaction.set_rollback(True)


@pytest.fixture
def world():
    return World()


@pytest.mark.django_db
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clients=CLIENTS, which=st.data())
def test_a_wanted_end_is_told_as_the_register_tells_it_once_it_is_saved(world, clients, which):
    """What a form asks before saving: the same facts as after it (R01)."""
    with transaction.atomic():
        world.fill(clients)
        billed = set(ServiceOrder.objects.billed().values_list("pk", flat=True))
        orders = sorted(set(world.orders) - billed, key=world.orders.get)
        assume(orders)
        order = ServiceOrder.objects.get(pk=which.draw(st.sampled_from(orders)))
        day = which.draw(DAYS_OF_LIFE)
        ends = erasure_date.of_client(order.client)
        before = ends.of(order.pk)
        rows = ServiceOrder.objects.filter(pk=order.pk)
        rows.update(cancelled_on=None, actual_end=day)
        assert erasure_date.of_client(order.client) == ends.but(before.ended(day))
        rows.update(cancelled_on=day, actual_end=None)
        assert erasure_date.of_client(order.client) == ends.but(before.cancelled(day))
        rows.update(cancelled_on=None, planned_end=day)
        assert erasure_date.of_client(order.client) == ends.but(before.valid_until(day))
        transaction.set_rollback(True)
