"""C34: a removed login neither begins nor goes on."""

from datetime import timedelta

import pytest

from register.access.backend import StaffBackend
from register.reference.clock import today
from tests.factories import UserFactory, staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db


def enters(user) -> bool:
    found = StaffBackend().authenticate(None, username=user.username, password=PASSWORD)
    return found == user and StaffBackend().get_user(user.pk) == user


@pytest.mark.parametrize(
    ("suspended", "closed", "may"),
    [(None, None, True), (0, None, False), (1, None, True), (None, 0, False), (None, 1, True)],
)
def test_it_asks_whether_the_login_is_removed_today(suspended, closed, may):
    def day(ahead):
        return None if ahead is None else today() + timedelta(days=ahead)

    assert enters(staff(suspended_from=day(suspended), closed_on=day(closed))) is may


def test_a_user_without_a_staff_record_logs_in_and_sees_nothing_of_the_register():
    assert enters(UserFactory())


def test_an_inactive_user_does_not_log_in():
    assert not enters(staff(user__is_active=False))


@pytest.mark.parametrize("typed", ["HENKILÖ.X", "henkilo\u0308.x", "Ｈenkilö.x"])
def test_the_account_is_found_however_its_name_is_typed(typed):
    user = staff(user__username="henkilö.x")
    assert StaffBackend().authenticate(None, username=typed, password=PASSWORD) == user
    assert StaffBackend().authenticate(None, username=typed, password="väärä salasana") is None
    assert StaffBackend().authenticate(None, username="henkilo.x", password=PASSWORD) is None
