"""C30: one list of the staff, with those who never log in."""

from datetime import date

import pytest
from django.urls import reverse

from register.models import StaffMember
from register.models.staff import Role
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.staff.employees import ADDING
from tests.factories import StaffMemberFactory, UserFactory, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db
CONFIRM = ".register-confirm form"
PAPERS = {
    "first_name": "Siru",
    "last_name": "Siivooja",
    "agreement_signed_on": "1.2.2026",
    "law_trained_on": "1.2.2026",
    "law_valid_until": "1.2.2028",
    "practices_trained_on": "2.2.2026",
    "practices_valid_until": "2.2.2028",
}


@pytest.fixture
def main_user(client):
    user = staff(Role.MAIN_USER)
    client.force_login(user)
    return user


@pytest.fixture
def cleaner():
    return StaffMemberFactory(user=UserFactory(is_active=False, username="tyontekija-x"))


def test_one_is_added_by_a_button_of_the_list_and_stands_on_it_by_name(client, main_user):
    listed = client.get(address(StaffMember, "index"))
    assert reverse(ADDING) in listed.content.decode()
    answer = open_form(client, reverse(ADDING)).send(client, **PAPERS)
    assert answer.status_code == 302
    member = StaffMember.objects.get(user__is_active=False)
    assert member.practices_valid_until == date(2028, 2, 2)
    page = client.get(address(StaffMember, "index")).content.decode()
    assert "Siru Siivooja" in page
    assert member.user.username not in page
    card = client.get(address(member, "inspect")).content.decode()
    assert "Ei kirjautumista" in card
    assert member.user.username not in card


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"agreement_signed_on": "1.1.2999"}, "agreement_signed_on"),
        ({"law_trained_on": "1.1.2999"}, "law_trained_on"),
        ({"law_valid_until": ""}, "law_valid_until"),
        ({"practices_valid_until": "1.1.2026"}, "__all__"),
    ],
)
def test_bad_input_adds_nobody_and_loses_nothing(client, main_user, wrong, field):
    answer = open_form(client, reverse(ADDING)).send(client, **PAPERS | wrong)
    assert field in answer.context["form"].errors
    assert "Siivooja" in answer.content.decode()
    assert StaffMember.objects.count() == 1


def test_only_a_main_user_adds_one(client):
    client.force_login(staff(*set(Role) - {Role.MAIN_USER}))
    assert client.get(reverse(ADDING)).status_code == 404


def test_what_is_on_file_is_changed_without_asking_for_an_account(client, main_user, cleaner):
    form = open_form(client, address(cleaner, "edit"))
    assert not {"username", "roles", "email", "password"} & set(form.data)
    form.send(client, last_name="Uusinimi", law_valid_until="1.1.2101")
    cleaner.refresh_from_db()
    assert cleaner.law_valid_until == date(2101, 1, 1)
    assert cleaner.user.last_name == "Uusinimi"


def test_a_log_in_is_given_on_a_page_of_its_own(client, main_user, cleaner):
    form = open_form(client, address(cleaner, "login"), CONFIRM)
    assert form.send(client, username="x", email="").status_code == 200
    answer = form.send(client, username="siru.siivooja", email="siru@example.org")
    assert answer.status_code == 302
    cleaner.user.refresh_from_db()
    assert (cleaner.user.username, cleaner.user.is_active) == ("siru.siivooja", True)
    assert client.get(address(cleaner, "login")).status_code == 404
    assert open_form(client, address(cleaner, "edit")).data["email"] == ["siru@example.org"]


def test_an_employment_ends_on_a_page_that_says_so(client, main_user, cleaner):
    assert client.get(address(cleaner, "close")).status_code == 404
    open_form(client, address(cleaner, "ended"), CONFIRM).send(client)
    cleaner.refresh_from_db()
    assert cleaner.closed_on
    assert client.get(address(cleaner, "ended")).status_code == 404
