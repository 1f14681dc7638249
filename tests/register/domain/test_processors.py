"""C27, C40: who may get the billing file, and whose assessment is overdue."""

from datetime import date

import pytest

from register.domain import processors
from register.exceptions import NoRecipient
from register.models.processors import ProcessorKind
from tests.factories import ProcessorFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("signed", "until", "valid"),
    [
        (date(2026, 6, 15), None, True),
        (date(2026, 6, 16), None, False),
        (None, None, False),
        (date(2020, 1, 1), date(2026, 6, 15), True),
        (date(2020, 1, 1), date(2026, 6, 14), False),
    ],
    ids=["signed today", "signed tomorrow", "not signed", "last day", "day after"],
)
def test_a_contract_counts_on_both_its_ends(signed, until, valid):
    provider = ProcessorFactory(contract_signed_on=signed, contract_valid_until=until)
    if valid:
        assert processors.finance_provider(TODAY) == provider
    else:
        with pytest.raises(NoRecipient):
            processors.finance_provider(TODAY)


@pytest.mark.parametrize("fields", [{"active": False}, {"kind": ProcessorKind.MAIL}])
def test_only_a_finance_provider_in_use_counts(fields):
    ProcessorFactory(**fields)
    with pytest.raises(NoRecipient):
        processors.finance_provider(TODAY)


def test_of_several_the_one_with_the_newest_contract_counts():
    newest = ProcessorFactory(contract_signed_on=date(2026, 1, 1))
    ProcessorFactory(contract_signed_on=date(2025, 1, 1))
    assert processors.finance_provider(TODAY) == newest


@pytest.mark.parametrize(
    ("assessed", "overdue"),
    [(None, True), (date(2025, 6, 14), True), (date(2025, 6, 15), False), (TODAY, False)],
)
def test_an_assessment_is_overdue_after_a_year(assessed, overdue):
    ProcessorFactory(security_assessed_on=assessed)
    assert processors.overdue_assessments(TODAY).exists() is overdue


def test_who_is_not_in_use_needs_no_assessment():
    ProcessorFactory(security_assessed_on=None, active=False)
    assert not processors.overdue_assessments(TODAY).exists()
