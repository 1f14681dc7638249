"""C44, O4–O6: what the predicate answers at its edges, where a whole run would hide it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from register.domain.retention.due import candidates, decide, new_year, stale_batches
from register.models.billing import BatchState
from tests.factories import (
    ClientFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    ProcessorFactory,
    ServiceOrderFactory,
)

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2027, 1, 1)
LAST_YEAR, THIS_YEAR = date(2026, 12, 31), date(2027, 1, 1)


def client_with_order(end, *, number=1, **fields):
    client = ClientFactory(pk=UUID(int=number))
    fields = {"starts_on": date(2026, 1, 2), "planned_end": end, "price": 0} | fields
    return client, ServiceOrderFactory(client=client, **fields)


def test_what_ended_before_the_first_of_january_is_due():
    assert new_year(date(2027, 12, 31)) == new_year(NEW_YEAR) == NEW_YEAR


@pytest.mark.parametrize(
    ("ends_on", "today", "waits"),
    [
        (date(2026, 6, 1), date(2027, 1, 1), True),
        (date(2026, 6, 1), date(2027, 1, 30), True),
        (date(2026, 6, 1), date(2027, 1, 31), False),
        (date(2026, 6, 1), date(2027, 2, 10), False),
        (date(2025, 6, 1), date(2026, 12, 30), False),
        (date(2026, 1, 1), date(2027, 1, 1), False),
        (date(2026, 1, 20), date(2027, 1, 19), True),
        (date(2026, 1, 20), date(2027, 1, 20), False),
        (date(2025, 6, 1), date(2027, 1, 1), False),
        (date(2024, 2, 29), date(2025, 1, 30), True),
    ],
)
def test_an_unfinished_bill_keeps_an_order_until_the_30th_of_january_or_for_a_year(
    ends_on, today, waits
):
    """O5, C44: "under one year" holds for what ended in January too."""
    client, order = client_with_order(ends_on, starts_on=date(2024, 1, 1), price=100)
    decision = decide([client.pk], today=today)
    assert decision.deferred == ([client.pk] if waits else [])
    assert list(decision.orders) == ([] if waits else [order.pk])


def test_what_was_billed_before_it_was_moved_here_waits_for_no_bill():
    client, order = client_with_order(
        date(2026, 6, 5), starts_on=date(2026, 1, 2), price=100, billed_before=True
    )
    decision = decide([client.pk], today=date(2027, 1, 2))
    assert (decision.deferred, decision.orders) == ([], {order.pk: client.pk})


def test_an_order_that_may_wait_no_longer_is_erased_while_another_one_waits():
    client, old = client_with_order(date(2026, 1, 5), starts_on=date(2026, 1, 2), price=100)
    ServiceOrderFactory(client=client, planned_end=date(2026, 12, 1), price=100)
    decision = decide([client.pk], today=date(2027, 1, 10))
    assert (decision.deferred, decision.orders) == ([client.pk], {old.pk: client.pk})
    assert decision.clients == []


def test_candidates_are_those_of_whom_an_order_may_have_ended():
    client, _ = client_with_order(LAST_YEAR)
    client_with_order(THIS_YEAR, number=2)
    ClientFactory(pk=UUID(int=3), created_on=LAST_YEAR)
    assert candidates(today=NEW_YEAR, after=None, limit=10) == [client.pk]


def test_candidates_without_orders_are_those_created_before_this_year():
    client_with_order(LAST_YEAR)
    old = ClientFactory(pk=UUID(int=2), created_on=LAST_YEAR)
    ClientFactory(pk=UUID(int=3), created_on=THIS_YEAR)
    assert candidates(today=NEW_YEAR, after=None, limit=10, without_orders=True) == [old.pk]


@pytest.mark.parametrize("without_orders", [False, True])
def test_candidates_come_in_key_order_after_the_last_one(without_orders):
    keys = [UUID(int=number) for number in range(1, 5)]
    for key in reversed(keys):
        client = ClientFactory(pk=key, created_on=LAST_YEAR)
        if not without_orders:
            ServiceOrderFactory(client=client, planned_end=LAST_YEAR)
    after = {"today": NEW_YEAR, "without_orders": without_orders}
    assert candidates(after=None, limit=3, **after) == keys[:3]
    assert candidates(after=keys[1], limit=3, **after) == keys[2:]


def test_a_client_without_orders_is_due_when_created_before_this_year():
    old = ClientFactory(created_on=LAST_YEAR)
    new = ClientFactory(created_on=THIS_YEAR)
    assert decide([old.pk, new.pk], today=NEW_YEAR).clients == [old.pk]


def test_a_client_of_whom_nothing_is_due_keeps_nobody_else_from_being_decided():
    lasting, _ = client_with_order(THIS_YEAR, number=1)
    ended, order = client_with_order(LAST_YEAR, number=2)
    decision = decide([lasting.pk, ended.pk], today=NEW_YEAR)
    assert (decision.clients, decision.orders) == ([ended.pk], {order.pk: ended.pk})


def test_a_hold_is_told_of_those_only_of_whom_something_is_due():
    lasting, _ = client_with_order(THIS_YEAR, number=1)
    ended, order = client_with_order(LAST_YEAR, number=2)
    for client in (lasting, ended):
        HoldFactory(client=client)
    decision = decide([lasting.pk, ended.pk], today=NEW_YEAR)
    assert (decision.held, decision.restricted_orders) == ([ended.pk], [order.pk])
    assert decision.restricted_clients == [ended.pk]
    assert not decision.clients
    assert not decision.orders


def test_a_held_client_with_another_order_is_not_restricted_as_a_whole():
    client, ended = client_with_order(LAST_YEAR)
    ServiceOrderFactory(client=client, planned_end=THIS_YEAR)
    HoldFactory(client=client)
    decision = decide([client.pk], today=NEW_YEAR)
    assert (decision.held, decision.restricted_orders) == ([client.pk], [ended.pk])
    assert decision.restricted_clients == []


def test_a_meeting_of_this_year_prolongs_an_order():
    client, order = client_with_order(LAST_YEAR)
    NoteFactory(order=order, met_on=THIS_YEAR)
    decision = decide([client.pk], today=NEW_YEAR)
    assert not decision.clients
    assert not decision.orders


@pytest.mark.parametrize(
    ("state", "made_on", "today", "stale"),
    [
        (BatchState.WRITTEN, date(2027, 1, 30), date(2027, 1, 31), True),
        (BatchState.WRITTEN, date(2027, 1, 31), date(2027, 1, 31), True),
        (BatchState.WRITTEN, date(2027, 1, 1), date(2027, 1, 30), False),
        (BatchState.WRITTEN, date(2026, 1, 30), date(2027, 1, 30), True),
        (BatchState.WRITTEN, date(2026, 1, 31), date(2026, 2, 1), True),
        (BatchState.WRITTEN, date(2026, 2, 1), date(2027, 1, 30), False),
        (BatchState.WRITTEN, date(2026, 12, 31), date(2027, 1, 1), False),
        (BatchState.RECEIVED, date(2026, 12, 31), date(2027, 1, 1), True),
        (BatchState.RECEIVED, date(2027, 1, 1), date(2027, 1, 30), False),
        (BatchState.RECEIVED, date(2027, 1, 30), date(2027, 1, 31), True),
        (BatchState.RECEIVED, date(2027, 1, 31), date(2027, 2, 1), True),
        (BatchState.RECEIVED, date(2027, 2, 1), date(2027, 12, 31), False),
        (BatchState.OPEN, date(2025, 1, 1), date(2027, 1, 31), False),
    ],
)
def test_no_file_outlives_january(state, made_on, today, stale):
    ExportBatchFactory(recipient=ProcessorFactory(), state=state, made_on=made_on)
    assert stale_batches(today=today).exists() is stale


@pytest.mark.parametrize(("days", "stale"), [(13, False), (14, True), (200, True)])
def test_a_received_file_is_removed_days_after_its_receipt(days, stale):
    received = date(2027, 2, 2)
    ExportBatchFactory(state=BatchState.RECEIVED, made_on=date(2027, 2, 1), received_on=received)
    assert stale_batches(today=received + timedelta(days=days)).exists() is stale
