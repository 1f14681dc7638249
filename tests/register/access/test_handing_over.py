"""C33, C34: whose clients a person may give to a colleague; it opens nothing else."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from register.access.gate import may_change, may_see
from register.access.handing_over import may_hand_over, to_hand_over
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def handed_over(by):
    return set(to_hand_over(by=by, today=TODAY))


def test_own_clients_of_today_are_handed_over_and_by_the_main_user_everybodys():
    aino = staff(Role.COUNSELLOR)
    own = AssignmentFactory(user=aino)
    to_come = AssignmentFactory(user=aino, valid_from=TODAY + timedelta(days=1))
    AssignmentFactory(user=aino, valid_until=TODAY - timedelta(days=1))
    AssignmentFactory(user=aino, revoked_on=TODAY)
    AssignmentFactory(user=aino, content_object=ClientFactory(restricted_on=TODAY))
    anothers = AssignmentFactory()
    assert handed_over(aino) == {own}
    assert handed_over(staff(Role.MAIN_USER)) == {own, to_come, anothers}
    assert may_hand_over(aino, own, today=TODAY)
    assert not may_hand_over(aino, anothers, today=TODAY)


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: staff(Role.BILLING, Role.DATA_PROTECTION, Role.EDITOR),
        lambda: staff(Role.MAIN_USER, agreement_signed_on=None),
        lambda: staff(Role.MAIN_USER, law_trained_on=None),
        lambda: staff(Role.MAIN_USER, suspended_from=TODAY),
        AnonymousUser,
    ],
)
def test_nobody_else_hands_over(stranger):
    AssignmentFactory()
    assert handed_over(stranger()) == set()


def test_handing_over_opens_no_client_to_the_main_user():
    period, main_user = AssignmentFactory(), staff(Role.MAIN_USER)
    assert may_hand_over(main_user, period, today=TODAY)
    assert not may_see(main_user, period.content_object, today=TODAY)
    assert not may_change(main_user, period.content_object, today=TODAY)
