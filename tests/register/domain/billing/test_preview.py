"""What a batch will hold is told exactly, and who has no address, before it is made (C24, C25)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from register.domain.billing import exporting, preview
from register.domain.billing.preview import Unbilled
from register.models import AccessLogEntry, AccessLogSubject
from register.models.staff import Role
from tests.factories import BookkeepingRowFactory, ProcessorFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
OVER = {"starts_on": TODAY - timedelta(days=90), "planned_end": TODAY - timedelta(days=30)}


@pytest.fixture
def billing():
    return staff(Role.BILLING)


def look(by):
    return preview.preview(by=by, today=TODAY)


def test_it_is_what_the_export_then_takes(billing):
    ProcessorFactory(kind="finance")
    ServiceOrderFactory.create_batch(3, **OVER, price="120.50")
    ServiceOrderFactory(starts_on=TODAY, planned_end=TODAY + timedelta(days=30))
    BookkeepingRowFactory(batch=None, amount="10.00")
    told = look(billing).unbilled
    assert told == preview.unbilled(by=billing, today=TODAY)
    batch = exporting.export(today=TODAY, by=billing)
    assert (told.rows, told.total) == (batch.row_count, Decimal("371.50"))
    assert told.total == sum(row.amount for row in batch.rows.all())
    assert look(billing).unbilled == Unbilled()


def test_who_has_no_address_is_named_and_that_is_logged(billing):
    missing = ServiceOrderFactory(**OVER, client__email="")
    ServiceOrderFactory(**OVER)
    entries = AccessLogEntry.objects.filter(view=preview.VIEW)
    assert [order.pk for order in look(billing).without_email] == [missing.pk]
    entry = entries.get()
    assert (entry.actor, entry.count) == (billing.pk, 1)
    assert AccessLogSubject.objects.get(entry=entry.pk).client == missing.client_id
    preview.unbilled(by=billing, today=TODAY)
    assert entries.count() == 1


def test_more_than_a_page_holds_is_counted(billing, monkeypatch):
    monkeypatch.setattr(preview, "MOST_NAMED", 2)
    ServiceOrderFactory.create_batch(3, **OVER, client__email="")
    told = look(billing)
    assert (len(told.without_email), told.more_without_email) == (2, 1)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BILLING}))
def test_nobody_else_is_told(role):
    ServiceOrderFactory(**OVER, client__email="")
    person = staff(role)
    assert look(person) is None
    assert not preview.unbilled(by=person, today=TODAY)
    assert not AccessLogEntry.objects.filter(view=preview.VIEW).exists()
