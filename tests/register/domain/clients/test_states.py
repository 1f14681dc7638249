"""A client's state is that of the leading service, for a row and a filter (C16, R06)."""

from datetime import timedelta
from itertools import combinations_with_replacement

import pytest

from register.domain.clients import states
from register.models import Client, ServiceOrder
from register.models.orders import OrderState
from tests.factories import ClientFactory, HoldFactory
from tests.register.models.orders.test_orders import EXPECTED, TODAY, order_of

pytestmark = pytest.mark.django_db

RANKS = [OrderState.VALID, OrderState.SOON]


def state_of(client, *, held=False):
    client.visible_orders = list(ServiceOrder.objects.with_hold(TODAY).filter(client=client))
    return states.state_of(client, held=held, today=TODAY)


def filtered(client):
    return [
        state
        for state in OrderState
        if states.in_state(Client.objects.filter(pk=client.pk), state, today=TODAY).exists()
    ]


@pytest.mark.parametrize(("one", "other"), list(combinations_with_replacement(EXPECTED, 2)))
def test_row_and_filter_say_the_same_and_an_open_service_leads(one, other):
    client = order_of(*one).client
    order_of(*other, client=client)
    both = {EXPECTED[one], EXPECTED[other]}
    state = state_of(client)
    assert filtered(client) == [state]
    assert state in both
    assert state == next((rank for rank in RANKS if rank in both), state)


@pytest.mark.parametrize("days", EXPECTED)
def test_a_hold_says_that_the_erasure_is_put_off_whatever_the_service(days):
    client = order_of(*days).client
    HoldFactory(client=client, released_on=None)
    assert filtered(client) == [state_of(client, held=True)] == [OrderState.POSTPONED]


def test_so_does_what_is_past_its_erasure():
    client = order_of("yesterday", None).client
    client.restricted_on = TODAY - timedelta(days=1)
    client.save()
    assert filtered(client) == [state_of(client)] == [OrderState.POSTPONED]


def test_without_a_service_there_is_none():
    client = ClientFactory()
    assert filtered(client) == []
    assert state_of(client) is None
