"""What billing has stays as it is, by whichever statement somebody would change it (C25, R08)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F

from register.exceptions import Fixed
from register.models import BookkeepingRow, Service, ServiceOrder
from register.models.orders import LOCKED_WHEN_BILLED
from tests.factories import (
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    ServiceFactory,
    ServiceOrderFactory,
)

pytestmark = pytest.mark.django_db

OTHER = {
    "service": lambda: ServiceFactory(),
    "client": lambda: ClientFactory(),
    "price": lambda: Decimal("1.00"),
    "planned_end": lambda: date(2026, 12, 2),
    "actual_end": lambda: date(2026, 11, 1),
    "cancelled_on": lambda: date(2026, 11, 1),
}
ROW = {
    "name": "Toinen",
    "email": "toinen@example.org",
    "service_name": "Toinen",
    "month": date(2026, 2, 1),
    "amount": Decimal("1.00"),
    "reference": "toinen",
    "entered_on": date(2020, 1, 1),
}


def by_saving(row, name, value):
    found = type(row).objects.get(pk=row.pk)
    setattr(found, name, value)
    found.save()


def by_saving_the_field(row, name, value):
    found = type(row).objects.get(pk=row.pk)
    setattr(found, name, value)
    found.save(update_fields=[name])


def by_update(row, name, value):
    type(row).objects.filter(pk=row.pk).update(**{name: value})


def by_update_of_all(row, name, value):
    type(row).objects.update(**{name: value})


def by_bulk_update(row, name, value):
    found = type(row).objects.get(pk=row.pk)
    setattr(found, name, value)
    type(row).objects.bulk_update([found], [name])


WAYS = pytest.mark.parametrize(
    "way", [by_saving, by_saving_the_field, by_update, by_update_of_all, by_bulk_update]
)


@WAYS
@pytest.mark.parametrize("name", LOCKED_WHEN_BILLED)
def test_what_billing_has_of_an_order_is_not_changed(way, name):
    order = ServiceOrderFactory()
    way(order, name, OTHER[name]())  # before the export

    row = BookkeepingRowFactory(order=order, batch=ExportBatchFactory())
    order = ServiceOrder.objects.get()
    before = getattr(order, name)
    wanted = {"price": Decimal("2.00"), "planned_end": date(2026, 12, 3)}.get(name)
    value = wanted or (OTHER[name]() if name in ("service", "client") else None)
    with pytest.raises(Fixed), transaction.atomic():
        way(order, name, value)
    order.refresh_from_db()
    assert getattr(order, name) == before
    assert BookkeepingRow.objects.get() == row


@WAYS
@pytest.mark.parametrize("name", ROW)
def test_a_bookkeeping_row_stays_as_it_is(way, name):
    row = BookkeepingRowFactory()
    before = getattr(row, name)
    with pytest.raises(Fixed), transaction.atomic():
        way(row, name, ROW[name])
    row.refresh_from_db()
    assert getattr(row, name) == before


def test_a_bookkeeping_row_stays_in_its_batch_and_may_lose_client_and_address():
    row = BookkeepingRowFactory(order=ServiceOrderFactory())
    by_saving(row, "batch", ExportBatchFactory())
    with pytest.raises(Fixed), transaction.atomic():
        by_update(row, "batch", None)
    with pytest.raises(Fixed), transaction.atomic():
        by_update(row, "order", ServiceOrderFactory())
    BookkeepingRow.objects.update(order=None, email="")
    row.refresh_from_db()
    assert (row.order, row.email) == (None, "")


@WAYS
def test_a_service_keeps_the_name_under_which_it_was_billed(way):
    service = ServiceFactory(name="Uraohjaus")
    ServiceOrderFactory(service=service)
    BookkeepingRowFactory(order=ServiceOrderFactory(service=ServiceFactory()))
    by_saving(service, "name", "Ohjaus")  # nobody was billed for it
    BookkeepingRowFactory(order=ServiceOrder.objects.get(service=service))
    with pytest.raises(Fixed), transaction.atomic():
        way(service, "name", "Valmennus")
    by_saving(service, "price", Decimal("130.00"))
    assert Service.objects.get(pk=service.pk).name == "Ohjaus"


def test_an_expression_is_no_way_around_it():
    order = ServiceOrderFactory()
    BookkeepingRowFactory(order=order)
    with pytest.raises(Fixed):
        ServiceOrder.objects.update(price=F("price") + 1)
    with pytest.raises(Fixed):
        ServiceOrder.objects.update(client_id=ClientFactory().pk)


def test_the_rest_of_an_exported_order_is_changed_as_before():
    order = ServiceOrderFactory()
    BookkeepingRowFactory(order=order)
    for way in (by_saving, by_update, by_bulk_update):
        way(order, "manner", "remote")
    ServiceOrder.objects.update(price=order.price, restricted_on=date(2027, 1, 1))
    order.refresh_from_db()
    assert (order.manner, order.price) == ("remote", Decimal("120.00"))


@pytest.mark.parametrize(
    "delete",
    [
        lambda row: row.delete(),
        lambda row: type(row).objects.all().delete(),
        lambda row: type(row).objects.filter(pk=row.pk).delete(),
    ],
)
def test_neither_order_nor_row_is_deleted_by_hand(delete):
    free = ServiceOrderFactory()
    free.delete()
    order = ServiceOrderFactory()
    row = BookkeepingRowFactory(order=order)
    for each in (order, row, BookkeepingRowFactory()):
        with pytest.raises(Fixed), transaction.atomic():
            delete(each)
    assert ServiceOrder.objects.get() == order
    assert BookkeepingRow.objects.count() == 2
