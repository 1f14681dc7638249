"""What the database itself refuses, whoever writes to it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from register.models import Heartbeat, LikelyDuplicate, Processor, Statistic, StatisticTally
from register.models.billing import BatchState
from register.models.orders import Manner
from register.models.processors import ProcessorKind
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    HoldFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db

DAY, BEFORE = date(2026, 6, 15), date(2026, 6, 14)


def refused(factory, **fields) -> bool:
    try:
        with transaction.atomic():
            factory(**fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("factory", "start", "end"),
    [
        (ServiceOrderFactory, "starts_on", "planned_end"),
        (ServiceOrderFactory, "starts_on", "actual_end"),
        (AssignmentFactory, "valid_from", "valid_until"),
        (StaffMemberFactory, "suspended_from", "suspended_until"),
        (StaffMemberFactory, "next_suspended_from", "next_suspended_until"),
        (StaffMemberFactory, "law_trained_on", "law_valid_until"),
        (StaffMemberFactory, "practices_trained_on", "practices_valid_until"),
        (HoldFactory, "set_on", "review_on"),
    ],
)
def test_an_end_before_its_start_is_refused(factory, start, end):
    assert refused(factory, **{start: DAY, end: BEFORE})
    assert not refused(factory, **{start: DAY, end: DAY})


def test_a_planned_end_is_mandatory():
    assert refused(ServiceOrderFactory, planned_end=None)


@pytest.mark.parametrize("year", [1899, 2201])
def test_an_impossible_birth_year_is_refused(year):
    assert refused(ClientFactory, birth_year=year)


def test_a_birth_year_is_not_asked_of_everybody():
    assert not refused(ClientFactory, birth_year=None)


def test_a_negative_price_is_refused():
    assert refused(ServiceOrderFactory, price=Decimal("-0.01"))


def test_a_register_number_is_given_once():
    first = ClientFactory()
    assert refused(ClientFactory, register_number=first.register_number)


@pytest.mark.parametrize("field", ["country", "hosting_country"])
@pytest.mark.parametrize("country", ["US", "GB", "CH", ""])
@pytest.mark.parametrize("active", [True, False])
def test_a_processor_outside_the_eea_is_refused(field, country, active):
    fields = {field: country, "kind": ProcessorKind.MAIL, "active": active}
    assert refused(ProcessorFactory, **fields)


@pytest.mark.parametrize("country", ["NO", "SE", "FI"])
def test_a_processor_inside_the_eea_is_accepted(country):
    assert not refused(
        ProcessorFactory, kind=ProcessorKind.MAIL, country=country, hosting_country=country
    )


@pytest.mark.parametrize(
    ("country", "hosting", "accepted"),
    [("FI", "FI", True), ("FI", "IE", True), ("SE", "FI", False), ("FI", "NO", False)],
)
def test_a_finance_provider_in_use_is_finnish_and_hosted_in_the_union(country, hosting, accepted):
    fields = {"country": country, "hosting_country": hosting}
    assert refused(ProcessorFactory, **fields) is not accepted
    assert not refused(ProcessorFactory, active=False, **fields)


def test_a_processor_in_use_needs_a_signed_contract():
    with pytest.raises(ValidationError) as refusal:
        ProcessorFactory.build(contract_signed_on=None).full_clean()
    assert set(refusal.value.message_dict) == {"contract_signed_on"}


def test_the_refusal_of_a_country_is_a_message_and_not_a_crash():
    with pytest.raises(ValidationError):
        Processor(name="X", kind=ProcessorKind.FINANCE, country="US").full_clean()


def test_an_order_is_billed_once():
    order = ServiceOrderFactory()
    BookkeepingRowFactory(order=order)
    assert refused(BookkeepingRowFactory, order=order)


def test_rows_whose_order_is_gone_do_not_collide():
    BookkeepingRowFactory(order=None)
    assert not refused(BookkeepingRowFactory, order=None)


def test_a_line_reference_is_given_once():
    row = BookkeepingRowFactory()
    assert refused(BookkeepingRowFactory, reference=row.reference)


def test_one_batch_is_made_at_a_time():
    ExportBatchFactory(state=BatchState.WRITTEN)
    ExportBatchFactory(state=BatchState.OPEN)
    assert not refused(ExportBatchFactory, state=BatchState.WRITTEN)
    assert refused(ExportBatchFactory, state=BatchState.OPEN)


def test_a_person_has_one_staff_record():
    assert refused(StaffMemberFactory, user=StaffMemberFactory().user)


def test_a_pair_of_likely_duplicates_is_reported_once():
    pair = {"client": ClientFactory(), "other": ClientFactory()}
    LikelyDuplicate.objects.create(**pair)
    assert refused(LikelyDuplicate.objects.create, **pair)


def test_a_count_has_one_row_per_cell():
    cell = {"year": 2026, "manner": Manner.REMOTE, "count": 7}
    tally = {**cell, "service": ServiceFactory(), "office": OfficeFactory()}
    published = {**cell, "service_name": "Uraohjaus", "office_name": "Vantaa"}
    for model, fields in ((StatisticTally, tally), (Statistic, published)):
        model.objects.create(**fields)
        assert refused(model.objects.create, **fields)


def test_there_is_one_heartbeat():
    assert refused(Heartbeat.objects.create, id=2, beat_at=timezone.now())
