"""Who approves a version of the notice, and who stands in (C33)."""

import pytest

from privacy_notice.guarding.approvers import approves, restores
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import UserFactory, staff

pytestmark = pytest.mark.django_db
EVERYBODY_ELSE = [role for role in Role if role is not Role.DATA_PROTECTION]


def test_the_data_protection_contact_approves_trained_or_not():
    assert approves(staff(Role.DATA_PROTECTION, law_trained_on=None), today=today())


@pytest.mark.parametrize("role", EVERYBODY_ELSE)
def test_nobody_else_does_while_there_is_one(role):
    staff(Role.DATA_PROTECTION)
    assert not approves(staff(role), today=today())


@pytest.mark.parametrize("role", EVERYBODY_ELSE)
def test_the_main_user_stands_in_where_there_is_none(role):
    assert approves(staff(role), today=today()) == (role is Role.MAIN_USER)


@pytest.mark.parametrize("away", [{"suspended_from": today()}, {"closed_on": today()}])
def test_and_while_the_contact_cannot_log_in(away):
    contact = staff(Role.DATA_PROTECTION, **away)
    assert approves(staff(Role.MAIN_USER), today=today())
    assert not approves(contact, today=today())


def test_a_superuser_without_a_role_does_not():
    assert not approves(UserFactory(is_superuser=True), today=today())


@pytest.mark.parametrize("role", Role)
def test_in_an_emergency_either_of_two_puts_back(role):
    staff(Role.DATA_PROTECTION)
    assert restores(staff(role), today=today()) == (role in (Role.DATA_PROTECTION, Role.MAIN_USER))
