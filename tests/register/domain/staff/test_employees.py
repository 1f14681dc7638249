"""C30: employees without a log-in stand on the list, and come in nowhere."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from register.access.gate import may_list
from register.access.standing import effective_access
from register.domain.staff import accounts, employees, roles
from register.models import Client, StaffMember
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
PERSON = {"first_name": "Siru", "last_name": "Siivooja"}


@pytest.fixture
def asked():
    return {"by": staff(Role.MAIN_USER), "today": TODAY}


@pytest.fixture
def cleaner(asked):
    return employees.add_employee(**PERSON, **asked)


def test_an_employee_is_a_row_of_the_list_with_a_name_and_no_way_in(cleaner, client):
    user = cleaner.user
    assert cleaner.name == "Siru Siivooja"
    assert cleaner in StaffMember.objects.open(TODAY)
    assert not user.has_usable_password()
    assert not client.login(username=user.username, password="")
    assert effective_access(user, today=TODAY).roles == frozenset()


def test_a_role_opens_nothing_without_a_log_in(cleaner, asked):
    roles.set_roles(member=cleaner, roles=[Role.COUNSELLOR], seen=None, **asked)
    StaffMember.objects.update(
        agreement_signed_on=TODAY,
        law_trained_on=TODAY,
        law_valid_until=TODAY,
        practices_trained_on=TODAY,
        practices_valid_until=TODAY,
    )
    assert not may_list(cleaner.user, Client, today=TODAY)


def test_the_user_name_tells_nothing_of_the_person(cleaner):
    assert "siru" not in cleaner.user.username
    assert "siivooja" not in cleaner.user.username


def test_what_is_on_file_stays_when_a_log_in_is_given(cleaner, asked, client):
    StaffMember.objects.update(agreement_signed_on=TODAY)
    account = {"username": "siru", "email": "siru@example.org"}
    member = employees.give_login(member=cleaner, **account, seen=None, **asked)
    assert (member.pk, member.agreement_signed_on) == (cleaner.pk, TODAY)
    assert member.user.is_active
    assert not member.user.has_usable_password()
    assert not member.roles
    assert (
        employees.give_login(
            member=member, username="toinen", email="x@example.org", seen=None, **asked
        ).user.username
        == "siru"
    )


def test_a_name_that_is_taken_gives_no_log_in(cleaner, asked):
    taken = asked["by"].username
    with pytest.raises(ValidationError) as refused:
        employees.give_login(
            member=cleaner, username=taken, email="siru@example.org", seen=None, **asked
        )
    assert set(refused.value.message_dict) == {"username"}
    cleaner.user.refresh_from_db()
    assert not cleaner.user.is_active


def test_an_employment_ends_as_an_account_does(cleaner, asked):
    accounts.close(member=cleaner, seen=None, **asked)
    assert cleaner not in StaffMember.objects.open(TODAY)
    with pytest.raises(ValidationError, match="lisätään uudelleen"):
        employees.give_login(
            member=cleaner, username="siru", email="siru@example.org", seen=None, **asked
        )


@pytest.mark.parametrize("name", ["", "\u200b", "131052-308T", "Sirυ"])
def test_a_name_that_can_t_be_one_is_refused(asked, name):
    with pytest.raises(ValidationError):
        employees.add_employee(first_name=name, last_name="Siivooja", **asked)
    assert StaffMember.objects.count() == 1
