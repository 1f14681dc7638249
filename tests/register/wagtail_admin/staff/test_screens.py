"""The main user's screens: accounts and assignments, no client content (C30–C36)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from register.models import Assignment, StaffMember
from register.models.staff import Role, named
from tests.factories import AssignmentFactory, ClientFactory, HoldFactory, staff
from tests.factories.staff import PASSWORD
from tests.forms import open_form

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
        "roles": [Role.COUNSELLOR, Role.EDITOR],
        "agreement_signed_on": "1.2.2026",
        "law_trained_on": "1.2.2026",
        "law_valid_until": "1.2.2027",
        "practices_trained_on": "2.2.2026",
        "practices_valid_until": "2.2.2027",
        **changes,
    }


def test_an_account_is_added_with_roles_and_leads_to_the_link_for_its_owner(client, main_user):
    answer = client.post(reverse(CREATE), account())
    member = StaffMember.objects.get(user__username="uusi.ohjaaja")
    assert member.roles == {Role.COUNSELLOR, Role.EDITOR}
    assert member.agreement_signed_on == date(2026, 2, 1)
    assert answer["Location"] == reverse("henkilosto_modeladmin_link", args=[member.pk])
    assert not member.user.has_usable_password()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "ei osoite"}, "email"),
        ({"username": ""}, "username"),
        ({"agreement_signed_on": "1.1.2999"}, "agreement_signed_on"),
        ({"law_valid_until": ""}, "law_valid_until"),
        ({"law_trained_on": ""}, "law_trained_on"),
        ({"practices_trained_on": "1.1.2999"}, "practices_trained_on"),
        ({"practices_valid_until": "1.1.2026"}, "__all__"),
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


@pytest.mark.parametrize("typed", ["HENKILÖ", "henkilo\u0308"])
def test_one_logs_in_however_the_name_is_typed(client, typed):
    staff(Role.COUNSELLOR, user__username="henkilö")
    response = client.post(
        reverse("wagtailadmin_login"), {"username": typed, "password": PASSWORD, "next": "/admin/"}
    )
    assert response.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_members_stand_in_finnish_order_and_are_found(client, main_user):
    for surname in ("Zorro", "ahola", "von Wright", "Ängström"):
        staff(Role.BILLING, user__first_name="", user__last_name=surname)
    rows = client.get(reverse("henkilosto_modeladmin_index")).context["object_list"]
    shown = [row.user.last_name for row in rows if row.user != main_user]
    assert shown == ["ahola", "von Wright", "Zorro", "Ängström"]
    found = client.post(reverse("henkilosto_modeladmin_index"), {"q": "ÄNGSTRÖM"}, follow=True)
    assert [row.user.last_name for row in found.context["object_list"]] == ["Ängström"]


def test_a_suspension_ends_a_running_session_and_lifts_itself(client, main_user):
    counsellor = staff(Role.COUNSELLOR)
    session = type(client)()
    session.force_login(counsellor)
    assert session.get("/admin/").status_code == 200
    today = timezone.localdate()
    url = reverse("henkilosto_modeladmin_edit", args=[counsellor.staff_member.pk])
    typed = {"suspended_from": today, "suspended_until": today}
    open_form(client, url).send(client, **typed)

    assert session.get("/admin/").status_code == 302
    counsellor.staff_member.refresh_from_db()
    assert not counsellor.staff_member.is_suspended(today + timedelta(days=1))


def test_the_last_main_user_stays(client, main_user):
    url = reverse("henkilosto_modeladmin_edit", args=[main_user.staff_member.pk])
    response = open_form(client, url).send(client, roles=[])
    assert response.context["form"].non_field_errors()
    assert Role.MAIN_USER in StaffMember.objects.get().roles


def test_the_main_user_without_training_still_manages_accounts(client):
    client.force_login(staff(Role.MAIN_USER, law_trained_on=None))
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
        "valid_from": timezone.localdate(),
        "valid_until": "",
    }
    page = client.post(reverse("kohdistukset_modeladmin_create"), typed, follow=True)
    assert Assignment.objects.get().user == counsellor
    assert person.name not in page.content.decode()
    [message] = page.context["messages"]
    name, number = named(counsellor), person.register_number
    assert str(message).startswith(f"{name} on vastuussa asiakkaasta {number}: ")

    again = client.post(reverse("kohdistukset_modeladmin_create"), typed)
    [refusal] = again.context["form"].non_field_errors()
    assert refusal.startswith(f"{name} on jo vastuussa asiakkaasta ")
    assert Assignment.objects.count() == 1


def test_lists_forms_and_histories_tell_the_user_name(client, main_user):
    counsellor = staff(Role.COUNSELLOR)
    assignment = AssignmentFactory(user=counsellor)
    url = reverse("henkilosto_modeladmin_edit", args=[counsellor.staff_member.pk])
    open_form(client, url).send(client, first_name="Toinen", last_name="Ohjaaja")
    counsellor.refresh_from_db()
    shown = f"Toinen Ohjaaja ({counsellor.username})"
    for url in (
        reverse("henkilosto_modeladmin_index"),
        reverse("kohdistukset_modeladmin_index"),
        reverse("kohdistukset_modeladmin_inspect", args=[assignment.pk]),
        reverse("kohdistukset_modeladmin_create"),
    ):
        assert shown in client.get(url).content.decode(), url
    history = reverse("henkilosto_modeladmin_history", args=[counsellor.staff_member.pk])
    page = client.get(history).content.decode()
    assert f"{main_user.get_full_name()} ({main_user.username})" in page


def test_an_unknown_register_number_is_told(client, main_user):
    typed = {"register_number": "AAAAA-AAAAA", "valid_from": "1.1.2026"}
    response = client.post(reverse("kohdistukset_modeladmin_create"), typed)
    assert {"register_number", "counsellor"} <= set(response.context["form"].errors)


def test_an_assignment_is_ended(client, main_user):
    assignment = AssignmentFactory(user=staff(Role.COUNSELLOR))
    url = reverse("kohdistukset_modeladmin_edit", args=[assignment.pk])
    today = timezone.localdate()
    open_form(client, url).send(client, valid_until=today)
    assignment.refresh_from_db()
    assert assignment.valid_until == today
    backwards = client.post(url, {"valid_from": "2.1.2026", "valid_until": "1.1.2026"})
    assert "valid_until" in backwards.context["form"].errors


def test_the_past_of_an_assignment_stays_and_the_form_says_so(client, main_user):
    assignment = AssignmentFactory(user=staff(Role.COUNSELLOR))
    url = reverse("kohdistukset_modeladmin_edit", args=[assignment.pk])
    page = open_form(client, url).send(client, valid_from="1.1.2026", valid_until="2.1.2026")
    assert set(page.context["form"].errors) == {"valid_from", "valid_until"}
    assignment.refresh_from_db()
    assert (assignment.valid_from, assignment.valid_until) == (date(2020, 1, 1), None)


def test_an_assignment_is_ended_at_once_with_a_button(client, main_user):
    assignment = AssignmentFactory(user=staff(Role.COUNSELLOR))
    screen = reverse("kohdistukset_modeladmin_inspect", args=[assignment.pk])
    button = reverse("kohdistukset_modeladmin_revoke", args=[assignment.pk])
    seen = open_form(client, screen, ".register-action")
    assert seen.address == button
    seen.send(client)
    today = timezone.localdate()
    assert not Assignment.objects.current(today).exists()
    page = client.get(screen)
    assert button not in page.content.decode()
    assert "Päätetty kesken" in page.content.decode()
    assert client.post(button).status_code == 404


def test_the_contact_reads_assignments_of_an_open_matter_and_ends_none(client):
    assignment, other = AssignmentFactory(), AssignmentFactory()
    HoldFactory(client=assignment.content_object)
    client.force_login(staff(Role.DATA_PROTECTION))
    listed = client.get(reverse("kohdistukset_modeladmin_index"))
    assert list(listed.context["object_list"]) == [assignment]
    screen = reverse("kohdistukset_modeladmin_inspect", args=[assignment.pk])
    button = reverse("kohdistukset_modeladmin_revoke", args=[assignment.pk])
    assert button not in client.get(screen).content.decode()
    assert client.post(button).status_code == 404
    for action, period in (("edit", assignment), ("inspect", other)):
        url = reverse(f"kohdistukset_modeladmin_{action}", args=[period.pk])
        assert client.get(url).status_code == 404
    assert client.get(reverse("kohdistukset_modeladmin_create")).status_code == 404
    assert Assignment.objects.current(timezone.localdate()).count() == 2
