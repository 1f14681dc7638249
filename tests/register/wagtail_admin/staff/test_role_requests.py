"""C33, C35: a main user's own roles are decided on the contact's screen, never on their own."""

import pytest
from django.urls import reverse

from register.access.standing import SYSTEM
from register.domain.staff.roles import set_roles
from register.models import AccessChange, RoleRequest, StaffMember
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import AccessChangeFactory, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db
MORE = [Role.MAIN_USER, Role.COUNSELLOR]


@pytest.fixture
def main_user(client):
    user = staff(Role.MAIN_USER, user__first_name="Paula", user__last_name="Pää")
    client.force_login(user)
    return user


@pytest.fixture
def contact(client):
    browser = type(client)()
    browser.force_login(staff(Role.DATA_PROTECTION))
    return browser


def own_form(client, user):
    return open_form(client, reverse("henkilosto_modeladmin_edit", args=[user.staff_member.pk]))


def roles_of(user):
    return StaffMember.objects.get(user=user).roles


def test_the_attack_another_main_user_is_there(client, main_user):
    other = staff(Role.MAIN_USER)
    page = own_form(client, main_user).send(client, roles=[*Role])
    assert other.username in page.context["form"].non_field_errors()[0]
    assert roles_of(main_user) == {Role.MAIN_USER}


def test_the_only_main_user_waits_for_the_contact(client, main_user, contact):
    answer = own_form(client, main_user).send(client, roles=MORE, first_name="Pauliina")
    assert "vahvist" in client.get(answer["Location"]).content.decode()
    main_user.refresh_from_db()
    assert main_user.first_name == "Pauliina"
    assert roles_of(main_user) == {Role.MAIN_USER}

    home = contact.get("/admin/").content.decode()
    assert reverse("roolipyynnot_modeladmin_index") in home
    request = RoleRequest.objects.get()
    page = reverse("roolipyynnot_modeladmin_confirm", args=[request.pk])
    asked = contact.get(page).content.decode()
    assert "Pääkäyttäjä" in asked
    assert "Ohjaaja" in asked
    open_form(contact, page, ".register-confirm form").send(contact)
    assert roles_of(main_user) == set(MORE)


def test_the_contact_refuses(client, main_user, contact):
    own_form(client, main_user).send(client, roles=MORE)
    page = reverse("roolipyynnot_modeladmin_refuse", args=[RoleRequest.objects.get().pk])
    open_form(contact, page, ".register-confirm form").send(contact)
    assert roles_of(main_user) == {Role.MAIN_USER}


def test_where_both_are_one_person_the_words_say_what_does_it(client):
    both = staff(Role.MAIN_USER, Role.DATA_PROTECTION)
    client.force_login(both)
    page = own_form(client, both).send(client, roles=[*Role])
    assert "set_roles" in page.context["form"].non_field_errors()[0]
    assert roles_of(both) == {Role.MAIN_USER, Role.DATA_PROTECTION}


def test_a_role_that_is_removed_while_the_form_is_open_is_not_written_back(client, main_user):
    """The seen version decides: what was posted was another member's form of before."""
    member = staff(Role.COUNSELLOR, Role.BILLING).staff_member
    url = reverse("henkilosto_modeladmin_edit", args=[member.pk])
    form = open_form(client, url)
    set_roles(member=member, roles=[Role.COUNSELLOR], seen=None, by=SYSTEM, today=today())
    page = form.send(client, first_name="Aino")
    assert page.status_code == 200
    assert StaffMember.objects.get(pk=member.pk).roles == {Role.COUNSELLOR}


def test_a_main_user_who_lost_the_role_during_the_post_changes_nothing(client, main_user):
    staff(Role.MAIN_USER)
    member = staff(Role.COUNSELLOR).staff_member
    form = open_form(client, reverse("henkilosto_modeladmin_edit", args=[member.pk]))
    set_roles(member=main_user.staff_member, roles=[], seen=None, by=SYSTEM, today=today())
    assert form.send(client, roles=[*Role]).status_code in (302, 403, 404)
    assert StaffMember.objects.get(pk=member.pk).roles == {Role.COUNSELLOR}


def test_main_users_see_their_own_requests_and_decide_none(client, main_user, contact):
    own_form(client, main_user).send(client, roles=MORE)
    request = RoleRequest.objects.get()
    screen = reverse("roolipyynnot_modeladmin_inspect", args=[request.pk])
    assert client.get(screen).status_code == 200
    for action in ("confirm", "refuse"):
        url = reverse(f"roolipyynnot_modeladmin_{action}", args=[request.pk])
        assert client.post(url, {"confirmed": "1"}).status_code == 404


def test_the_contact_sees_who_changed_what_and_marks_it(contact, main_user):
    change = AccessChangeFactory(actor=main_user.staff_member)
    home = contact.get("/admin/").content.decode()
    assert reverse("muutokset_modeladmin_index") in home
    screen = reverse("muutokset_modeladmin_inspect", args=[change.pk])
    assert "Paula Pää" in contact.get(screen).content.decode()
    open_form(contact, screen, ".register-action").send(contact)
    assert not AccessChange.objects.unseen().exists()
    assert (
        reverse("muutokset_modeladmin_index") + "?tila"
        not in contact.get("/admin/").content.decode()
    )


def test_nobody_else_has_the_list(client):
    change = AccessChangeFactory()
    for role in set(Role) - {Role.DATA_PROTECTION}:
        client.force_login(staff(role))
        for name, key in (("index", []), ("inspect", [change.pk]), ("seen", [change.pk])):
            assert client.get(reverse(f"muutokset_modeladmin_{name}", args=key)).status_code == 404
