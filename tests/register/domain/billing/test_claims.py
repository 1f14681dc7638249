"""C24: each billed service is claimed exactly once, and its disclosure logged."""

from datetime import date

import pytest
from django.db import DatabaseError

from register.access.standing import SYSTEM
from register.domain.access_log import recording
from register.domain.billing import batch_file, batches, bookkeeping, claims, exporting
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject, BookkeepingRow
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    BookkeepingRowFactory,
    ClientFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)


def order(**fields):
    return ServiceOrderFactory(**{"actual_end": date(2026, 6, 15), **fields})


def test_what_has_no_price_is_passed_over():
    ProcessorFactory()
    priced = order()
    order(price=0)
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert {row.order for row in batch.rows.all()} == {priced}


def test_what_was_billed_before_it_was_moved_here_is_not_billed_again():
    """C22, C24: neither by an export nor when its client is erased."""
    ProcessorFactory()
    moved = order(billed_before=True)
    assert not claims.anything_billable(TODAY)
    assert bookkeeping.enter(type(moved).objects.all(), batch=None, today=TODAY) == 0
    priced = order()
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert {row.order for row in batch.rows.all()} == {priced}


@pytest.mark.django_db(transaction=True)
def test_what_another_process_takes_while_it_is_claimed_is_claimed_again(monkeypatch):
    ProcessorFactory()
    orders = [order() for _ in range(3)]
    enter = bookkeeping.enter

    def overtaken(rows, **kwargs):
        monkeypatch.setattr(bookkeeping, "enter", enter)
        return enter(rows, **kwargs) - 1

    monkeypatch.setattr(bookkeeping, "enter", overtaken)
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert {row.order for row in batch.rows.all()} == set(orders)
    assert AccessLogEntry.objects.count() == 1


def test_every_slice_size_exports_each_service_exactly_once(monkeypatch):
    ProcessorFactory()
    service = ServiceFactory()
    for size in (1, 2, 3, 5, 6):
        monkeypatch.setattr(exporting, "SLICE_ROWS", size)
        orders = [order(service=service) for _ in range(5)]
        batch = exporting.export(today=TODAY, by=SYSTEM)
        assert {row.order for row in batch.rows.all()} == set(orders)
        assert len(batch_file.path(batch.pk).read_text().splitlines()) == 5 + 1


def claim(batch, *, size=10, today=TODAY):
    return claims.claim(batch, today=today, by=SYSTEM, size=size)


@pytest.mark.parametrize("price", ["0.50", "1.00"])
def test_the_smallest_price_is_billed(price):
    ProcessorFactory()
    billed = order(price=price)
    assert [row.order for row in exporting.export(today=TODAY, by=SYSTEM).rows.all()] == [billed]


def test_a_batch_that_has_claimed_all_claims_nothing_new():
    ProcessorFactory()
    order()
    batch = batches.open_batch(today=TODAY, by=SYSTEM)
    claim(batch)
    order()
    assert not claim(batch)
    assert batch.rows.count() == 1


def test_a_batch_that_is_written_claims_nothing():
    ProcessorFactory()
    order()
    batch = exporting.export(today=TODAY, by=SYSTEM)
    order()
    BookkeepingRowFactory()
    assert not claim(batch)
    assert batch.rows.count() == 1


def test_rows_of_erased_clients_are_claimed_in_slices_kept_from_the_day_and_counted():
    ProcessorFactory()
    BookkeepingRowFactory.create_batch(3)
    batch = batches.open_batch(today=TODAY, by=SYSTEM)
    later = date(2028, 2, 1)

    assert claim(batch, size=2, today=later)
    assert claim(batch, size=2, today=later)
    assert not claim(batch, size=2, today=later)

    kept = set(batch.rows.values_list("keep_until", flat=True))
    assert kept == {bookkeeping.keep_until(later)}
    assert sorted(entry.count for entry in AccessLogEntry.objects.all()) == [1, 2]


def test_it_logs_the_disclosure_with_recipient_purpose_and_each_client_once():
    provider = ProcessorFactory()
    client = ClientFactory()
    orders = [order(client=client), order(client=client), order()]
    user = staff(Role.BILLING)

    batch = exporting.export(today=TODAY, by=user)

    entry = AccessLogEntry.objects.get()
    assert entry.object_key == str(batch.pk)
    assert (entry.action, entry.purpose, entry.recipient, entry.actor, entry.count) == (
        Action.DISCLOSE,
        Purpose.BILLING,
        provider.pk,
        user.pk,
        3,
    )
    subjects = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert sorted(subjects) == sorted({order.client_id for order in orders})


def test_when_the_disclosure_cannot_be_logged_nothing_is_claimed(monkeypatch):
    ProcessorFactory()
    order()

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(recording, "name_clients", fail)
    with pytest.raises(DatabaseError):
        exporting.export(today=TODAY, by=SYSTEM)
    assert not BookkeepingRow.objects.exists()
    assert not AccessLogEntry.objects.exists()
