"""C30, C31, C35: what agreement and trainings open and shut, and whom they never shut out."""

from datetime import date, timedelta

import pytest

from register.access.gate import may_change, may_create, may_list, visible
from register.conf import NEVER
from register.models import Assignment, Client, StaffMember
from register.models.staff import Role, Training
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.mark.parametrize("training", Training)
@pytest.mark.parametrize(
    ("lock_after", "days_ago", "opens"),
    [(30, 29, True), (30, 30, True), (30, 31, False), (0, 1, False), (None, 3000, True)],
    ids=["inside", "last", "over", "at once", "never"],
)
def test_an_expired_training_locks_only_where_the_owner_wants_it(
    settings, training, lock_after, days_ago, opens
):
    time = NEVER if lock_after is None else timedelta(days=lock_after)
    settings.REGISTER = {**settings.REGISTER, "EXPIRED_TRAINING_LOCKS_AFTER": time}
    expired = {training.held_on: date(2010, 1, 1)}
    expired[training.valid_until] = TODAY - timedelta(days=days_ago)
    counsellor = staff(Role.COUNSELLOR, **expired)
    AssignmentFactory(user=counsellor, content_object=ClientFactory())
    assert visible(Client, to=counsellor, today=TODAY).exists() is opens
    assert counsellor.staff_member.training_expired(TODAY)
    assert not counsellor.staff_member.has_valid_training(TODAY)


@pytest.mark.parametrize(
    "record",
    [
        {"agreement_signed_on": None},
        {"law_trained_on": None},
        {"practices_trained_on": None, "practices_valid_until": None},
        {"law_valid_until": date(2020, 1, 2)},
        {"practices_valid_until": date(2020, 1, 2)},
    ],
    ids=str,
)
def test_the_main_user_manages_accounts_whatever_is_not_on_file(settings, record):
    """The only one, too: the own papers are recorded there."""
    settings.REGISTER = {**settings.REGISTER, "EXPIRED_TRAINING_LOCKS_AFTER": timedelta(0)}
    main_user = staff(Role.MAIN_USER, **record)
    own = main_user.staff_member
    assert not may_list(main_user, Assignment, today=TODAY)
    assert may_create(main_user, StaffMember, today=TODAY)
    assert may_change(main_user, own, today=TODAY)
