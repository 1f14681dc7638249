"""C33: the main user sees counts, and nobody else does."""

from datetime import date

import pytest

from register.domain.operations import counts
from register.models.staff import Role
from tests.factories import HoldFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def test_the_main_user_sees_how_many_there_are():
    order = ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=TODAY)
    ServiceOrderFactory(client=order.client, actual_end=TODAY)
    for _ in range(2):
        HoldFactory(client=order.client)
    main_user = staff(Role.MAIN_USER)

    found = [count for _label, count in counts.overview(by=main_user, today=TODAY)]

    assert found == [1, 1, 1, 3]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MAIN_USER}))
def test_others_see_none(role):
    assert counts.overview(by=staff(role), today=TODAY) == []


def test_a_main_user_without_agreement_sees_none():
    assert counts.overview(by=staff(Role.MAIN_USER, agreement_signed_on=None), today=TODAY) == []
