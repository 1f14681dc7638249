"""C33, C35: the matters of main user and data protection contact wait for nobody who is away."""

from datetime import date

import pytest

from register.domain.retention.telling import addresses
from register.domain.staff.deputies import confirmers, holders, is_one_person, told
from register.models import StaffMember
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
BOTH = (Role.MAIN_USER, Role.DATA_PROTECTION)


@pytest.fixture
def name(settings):
    def named(username):
        settings.REGISTER = settings.REGISTER | {"CONFIRMER": username}

    return named


def members(*users):
    return [user.staff_member for user in users]


def test_a_holder_is_who_has_the_role_and_can_log_in():
    present = staff(Role.MAIN_USER)
    staff(Role.MAIN_USER, suspended_from=TODAY)
    staff(Role.MAIN_USER, closed_on=TODAY)
    staff(Role.BILLING)
    assert holders(Role.MAIN_USER, today=TODAY) == members(present)
    assert holders(*BOTH, today=TODAY) == members(present)


def test_who_has_two_roles_is_one_holder():
    both = staff(*BOTH)
    assert holders(*BOTH, today=TODAY) == members(both)
    assert StaffMember.objects.holding(*BOTH).count() == 1
    assert not StaffMember.objects.holding().exists()


def test_what_is_told_goes_to_holder_and_deputy():
    one, two = staff(Role.DATA_PROTECTION), staff(Role.DATA_PROTECTION)
    assert addresses(today=TODAY, of=(Role.DATA_PROTECTION,)) == sorted([one.email, two.email])


@pytest.mark.parametrize(
    ("roles", "one"),
    [
        ([BOTH], True),
        ([BOTH, BOTH], False),
        ([(Role.MAIN_USER,), (Role.DATA_PROTECTION,)], False),
        ([BOTH, (Role.MAIN_USER,)], False),
        ([], False),
    ],
)
def test_one_person_is_both_when_nobody_else_is_either(roles, one):
    for each in roles:
        staff(*each)
    assert is_one_person(today=TODAY) is one


def test_a_data_protection_contact_confirms_and_not_for_themselves(name):
    contact, other = staff(Role.DATA_PROTECTION), staff(*BOTH)
    name(staff().username)
    assert confirmers(of=other, today=TODAY) == members(contact)
    assert confirmers(of=contact, today=TODAY) == members(other)


def test_where_one_person_is_both_who_is_named_confirms_and_hears(name):
    alone, owner = staff(*BOTH), staff()
    assert confirmers(of=alone, today=TODAY) == []
    assert told(*BOTH, today=TODAY) == members(alone)
    # A user name is the same however it is typed.
    name(owner.username.upper())
    assert confirmers(of=alone, today=TODAY) == members(owner)
    assert told(Role.DATA_PROTECTION, today=TODAY) == members(alone, owner)
    assert confirmers(of=owner, today=TODAY) == members(alone)


def test_where_there_is_no_contact_nobody_confirms_whom_the_request_would_not_reach(name):
    name(staff().username)
    assert confirmers(of=staff(Role.MAIN_USER), today=TODAY) == []


@pytest.mark.parametrize("username", ["nobody", "itself", "away"])
def test_who_is_named_must_be_another_who_can_log_in(name, username):
    alone = staff(*BOTH)
    away = staff(suspended_from=TODAY)
    name({"nobody": "eikukaan", "itself": alone.username, "away": away.username}[username])
    assert confirmers(of=alone, today=TODAY) == []
    assert told(*BOTH, today=TODAY) == members(alone)
