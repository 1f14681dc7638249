"""An account is found however its name is typed, and its name alone."""

import pytest
from django.db import IntegrityError, transaction

from register.access.login_names import stored_login_name
from tests.factories import StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
SPELLINGS = [
    "Åke.Öhman",
    "åke.öhman",
    "ÅKE.ÖHMAN",
    "A\u030ake.öhman",
    "åｋe.öhman",
    "åke.öhman\u200b",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_member_is_found(typed):
    StaffMemberFactory(user__username="Åke.Öhman")
    StaffMemberFactory(user__username="ake.ohman")
    assert stored_login_name(typed) == "Åke.Öhman"


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_user_who_is_no_member_is_found(typed):
    UserFactory(username="åke.öhman")
    assert stored_login_name(typed) == "åke.öhman"


def test_of_two_users_who_are_no_members_each_is_found_as_written():
    for name in ("Root", "root", "ROOT"):
        UserFactory(username=name)
    assert [stored_login_name(name) for name in ("root", "ROOT", "Root")] == [
        "root",
        "ROOT",
        "Root",
    ]


def test_nobody_else_is():
    StaffMemberFactory(user__username="åke")
    assert stored_login_name("ake") is None
    assert stored_login_name("") is None


def test_the_database_allows_no_two_that_read_alike():
    StaffMemberFactory(user__username="Åke")
    for name in ("åke", "ÅKE"):
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffMemberFactory(user__username=name)
