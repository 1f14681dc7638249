"""The main user's screens: accounts and assignments, no client content (C30–C36)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from register.enums import Role
from register.models import Assignment, StaffMember
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
CREATE = "henkilosto_modeladmin_create"


@pytest.fixture
def main_user(client):
    user = staff(Role.MAIN_USER)
    client.force_login(user)
    return user


def account(**changes):
    return {
        "username": "uusi.ohjaaja",
        "first_name": "Uusi",
        "last_name": "Ohjaaja",
        "email": "uusi.ohjaaja@example.org",
        "password": "neljä satunnaista sanaa",
        "roles": [Role.COUNSELLOR, Role.EDITOR],
        "agreement_signed_on": "1.2.2026",
        "trained_on": "1.2.2026",
        "training_valid_until": "1.2.2027",
        **changes,
    }


def test_an_account_is_added_with_roles_and_can_log_in(client, main_user):
    client.post(reverse(CREATE), account())
    member = StaffMember.objects.get(user__username="uusi.ohjaaja")
    assert member.roles == {Role.COUNSELLOR, Role.EDITOR}
    assert member.agreement_signed_on == date(2026, 2, 1)
    client.logout()
    assert client.login(username="uusi.ohjaaja", password="neljä satunnaista sanaa")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "lyhyt"}, "password"),
        ({"password": "123456789012345"}, "password"),
        ({"password": "uusi.ohjaaja"}, "password"),
        ({"email": "ei osoite"}, "email"),
        ({"username": ""}, "username"),
        ({"agreement_signed_on": "1.1.2999"}, "agreement_signed_on"),
        ({"training_valid_until": ""}, "training_valid_until"),
        ({"trained_on": ""}, "trained_on"),
        ({"roles": ["root"]}, "roles"),
    ],
)
def test_bad_input_adds_no_account(client, main_user, changes, field):
    response = client.post(reverse(CREATE), account(**changes))
    assert field in response.context["form"].errors
    assert get_user_model().objects.count() == 1


def test_a_taken_user_name_is_told(client, main_user):
    response = client.post(reverse(CREATE), account(username=main_user.username.upper()))
    assert "username" in response.context["form"].errors


def test_a_suspension_ends_a_running_session_and_lifts_itself(client, main_user):
    counsellor = staff(Role.COUNSELLOR)
    session = type(client)()
    session.force_login(counsellor)
    assert session.get("/admin/").status_code == 200
    today = timezone.localdate()
    url = reverse("henkilosto_modeladmin_edit", args=[counsellor.staff_member.pk])
    typed = account(password="", suspended_from=today, suspended_until=today)
    client.post(url, typed)

    assert session.get("/admin/").status_code == 302
    counsellor.staff_member.refresh_from_db()
    assert not counsellor.staff_member.is_suspended(today + timedelta(days=1))


def test_the_last_main_user_stays(client, main_user):
    url = reverse("henkilosto_modeladmin_edit", args=[main_user.staff_member.pk])
    response = client.post(url, account(password="", roles=[]))
    assert response.context["form"].non_field_errors()
    assert Role.MAIN_USER in StaffMember.objects.get().roles


def test_the_main_user_without_training_still_manages_accounts(client):
    client.force_login(staff(Role.MAIN_USER, trained_on=None, training_valid_until=None))
    assert client.get(reverse("henkilosto_modeladmin_index")).status_code == 200
    assert client.get(reverse("kohdistukset_modeladmin_index")).status_code == 404


def test_only_a_main_user_manages_accounts(client):
    client.force_login(staff(*(set(Role) - {Role.MAIN_USER})))
    assert client.get(reverse("henkilosto_modeladmin_index")).status_code == 404
    assert client.post(reverse(CREATE), account()).status_code == 404


def test_a_client_is_assigned_by_register_number(client, main_user):
    person, counsellor = ClientFactory(), staff(Role.COUNSELLOR)
    typed = {
        "register_number": person.register_number.lower().replace("-", " "),
        "counsellor": counsellor.staff_member.pk,
        "valid_from": "1.1.2026",
        "valid_until": "",
    }
    page = client.post(reverse("kohdistukset_modeladmin_create"), typed, follow=True)
    assert Assignment.objects.get().user == counsellor
    assert person.name not in page.content.decode()


def test_an_unknown_register_number_is_told(client, main_user):
    typed = {"register_number": "AAAAA-AAAAA", "valid_from": "1.1.2026"}
    response = client.post(reverse("kohdistukset_modeladmin_create"), typed)
    assert {"register_number", "counsellor"} <= set(response.context["form"].errors)


def test_an_assignment_is_ended(client, main_user):
    assignment = AssignmentFactory(user=staff(Role.COUNSELLOR))
    url = reverse("kohdistukset_modeladmin_edit", args=[assignment.pk])
    client.post(url, {"valid_from": "1.1.2026", "valid_until": "2.1.2026"})
    assignment.refresh_from_db()
    assert assignment.valid_until == date(2026, 1, 2)
    backwards = client.post(url, {"valid_from": "2.1.2026", "valid_until": "1.1.2026"})
    assert "valid_until" in backwards.context["form"].errors
