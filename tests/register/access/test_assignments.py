"""C33: who sees which counsellors work with a client."""

from datetime import date

import pytest

from register.access.gate import may_change, may_create, purpose_of, visible
from register.inventory.vocabulary import Purpose
from register.models import Assignment
from register.models.staff import Role
from tests.factories import AssignmentFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
COUNSELLOR = Role.COUNSELLOR


def sees(user, model):
    return set(visible(model, to=user, today=TODAY))


def test_a_counsellor_sees_who_else_works_with_an_own_client_and_changes_nothing():
    counsellor, other = staff(COUNSELLOR), staff(COUNSELLOR)
    own = AssignmentFactory(user=counsellor)
    beside = AssignmentFactory(user=other, content_object=own.content_object)
    AssignmentFactory(user=other)
    assert sees(counsellor, Assignment) == {own, beside}
    assert not may_change(counsellor, own, today=TODAY)
    assert not may_create(counsellor, Assignment, today=TODAY)
    assert purpose_of(counsellor, Assignment, today=TODAY) == Purpose.GUIDANCE
    own.revoked_on = TODAY
    own.save()
    assert sees(counsellor, Assignment) == set()
