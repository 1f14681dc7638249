"""C14–C17: an order is added to own clients, with oneself as counsellor, and changed as a whole."""

from contextlib import nullcontext, suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.domain.billing import bookkeeping
from register.domain.orders import notes, orders
from register.exceptions import Erased, NotAllowed
from register.models import BookkeepingRow, ServiceOrder
from register.models.orders import Manner
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ExportBatchFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def counsellor():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def order(counsellor):
    order = ServiceOrderFactory()
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


def values():
    return {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "manner": Manner.REMOTE,
        "starts_on": TODAY,
        "planned_end": date(2026, 12, 1),
        "price": 0,
        "specification": "salainen toive",
    }


def test_an_order_is_added_to_an_own_client(counsellor):
    client = AssignmentFactory(user=counsellor).content_object
    added = orders.order_service(client=client, values=values(), by=counsellor, today=TODAY)
    assert (added.counsellor, added.created_on) == (counsellor.staff_member, TODAY)
    assert ServiceOrder.objects.get().specification == "salainen toive"


def test_no_order_is_added_to_a_colleagues_client(counsellor):
    client = AssignmentFactory().content_object
    with pytest.raises(NotAllowed):
        orders.order_service(client=client, values=values(), by=counsellor, today=TODAY)


def test_no_order_is_added_to_an_erased_client(counsellor):
    client = AssignmentFactory(user=counsellor).content_object
    type(client).objects.all().delete()
    with pytest.raises(Erased):
        orders.order_service(client=client, values=values(), by=counsellor, today=TODAY)


def test_dates_that_cannot_be_are_refused_and_nothing_is_saved(counsellor, order):
    changes = {"manner": Manner.MIXED, "planned_end": date(2020, 1, 1)}
    with pytest.raises(ValidationError):
        orders.change_order(order=order, changes=changes, seen=1, by=counsellor, today=TODAY)
    order.refresh_from_db()
    assert (order.manner, order.version) == (Manner.IN_PERSON, 1)


def test_a_restricted_order_is_not_changed(counsellor, order):
    ServiceOrder.objects.update(restricted_on=TODAY)
    with pytest.raises(NotAllowed):
        orders.change_order(
            order=order, changes={"price": 1}, seen=None, by=counsellor, today=TODAY
        )


# --- what billing has


def as_billed(order):
    """What billing would carry of the order, were it exported now."""
    ends_on = ServiceOrder.objects.with_end().get(pk=order.pk).ends_on
    return order.service.name, ends_on.replace(day=1), order.price


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "service": st.integers(0, 1),
        "price": st.sampled_from([0, 1, "120.00", 120, "120.01"]),
        "planned_end": st.dates(date(2026, 1, 2), date(2027, 12, 31)),
        "actual_end": st.none() | st.dates(date(2026, 1, 2), date(2027, 12, 31)),
        "manner": st.sampled_from(Manner),
        "starts_on": st.dates(date(2025, 1, 1), date(2026, 1, 2)),
        "specification": st.text(alphabet="abc ", max_size=5),
    },
)


@given(changes=CHANGES, exported=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_exported_is_what_the_register_says(counsellor, changes, exported):
    with transaction.atomic():
        order = ServiceOrderFactory(service__name="Billed service")
        AssignmentFactory(user=counsellor, content_object=order.client)
        services = [order.service, ServiceFactory()]
        if exported:
            bookkeeping.enter(ServiceOrder.objects.all(), batch=ExportBatchFactory(), today=TODAY)
        wanted = {
            name: services[value] if name == "service" else value for name, value in changes.items()
        }
        with nullcontext() if not exported else suppress(ValidationError):
            orders.change_order(order=order, changes=wanted, seen=None, by=counsellor, today=TODAY)
        order.refresh_from_db()
        for row in BookkeepingRow.objects.all():
            assert (row.service_name, row.month, row.amount) == as_billed(order)
        transaction.set_rollback(True)


def test_a_note_prolongs_an_exported_order_and_not_its_bill(counsellor, order):
    BookkeepingRowFactory(order=order, month=date(2026, 12, 1))
    notes.write_note(
        order=order,
        values={"met_on": date(2026, 12, 20), "basis": "told_by_client", "text": "Jatketaan."},
        by=counsellor,
        today=date(2026, 12, 20),
    )
    assert ServiceOrder.objects.with_end().get().ends_on == date(2026, 12, 20)
    assert BookkeepingRow.objects.get().month == date(2026, 12, 1)
