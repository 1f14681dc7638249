"""What a person may build on is asked anew by each verb, and once by a screen (C30–C34)."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from register.access.gate import may_create
from register.access.standing import SYSTEM, effective_access, looking_anew, remembering
from register.domain.staff import roles
from register.exceptions import NotAllowed
from register.models import Client
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def roles_of(user):
    return effective_access(user, today=TODAY).roles


def give_up_the_role(user):
    user.groups.clear()


def test_the_same_user_object_has_the_roles_of_the_moment():
    user = staff(Role.COUNSELLOR)
    assert roles_of(user) == {Role.COUNSELLOR}
    give_up_the_role(user)
    assert roles_of(user) == frozenset()


def test_a_screen_looks_each_person_up_once(django_assert_num_queries):
    user = staff(Role.COUNSELLOR)
    with remembering():
        roles_of(user)
        with django_assert_num_queries(0):
            assert may_create(user, Client, today=TODAY)


def test_a_verb_does_not_build_on_what_the_screen_saw():
    user = staff(Role.COUNSELLOR)
    with remembering():
        assert may_create(user, Client, today=TODAY)
        give_up_the_role(user)
        with looking_anew():
            assert not may_create(user, Client, today=TODAY)


def test_a_screen_does_not_build_on_what_it_saw_before_the_verb():
    main_user, user = staff(Role.MAIN_USER), staff(Role.COUNSELLOR)
    with remembering():
        assert may_create(user, Client, today=TODAY)
        roles.set_roles(
            member=user.staff_member, roles=[Role.BILLING], seen=None, by=main_user, today=TODAY
        )
        assert roles_of(user) == {Role.BILLING}
        assert not may_create(user, Client, today=TODAY)


def test_a_person_who_lost_a_role_in_this_request_uses_it_no_more(client):
    """The middleware remembers for one request; the user object of a session lives no longer."""
    main_user, other = staff(Role.MAIN_USER), staff(Role.MAIN_USER)
    client.force_login(main_user)
    with remembering():
        arguments = {"seen": None, "today": TODAY}
        roles.set_roles(member=main_user.staff_member, roles=[], by=other, **arguments)
        arguments["by"] = main_user
        with pytest.raises(NotAllowed):
            roles.set_roles(member=other.staff_member, roles=[], **arguments)


def test_an_account_that_was_shut_meanwhile_has_no_role():
    user = staff(Role.COUNSELLOR)
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    assert user.is_active
    assert roles_of(user) == frozenset()


def test_what_is_remembered_is_of_one_day():
    user = staff(Role.COUNSELLOR, suspended_from=date(2026, 11, 26))
    with remembering():
        assert roles_of(user) == {Role.COUNSELLOR}
        assert effective_access(user, today=date(2026, 11, 26)).roles == frozenset()


def test_an_anonymous_user_has_no_role():
    assert roles_of(AnonymousUser()) == frozenset()


@pytest.mark.parametrize("nobody", [None, "", 0, SYSTEM])
def test_nobody_is_an_error_and_the_system_is_no_person(nobody):
    with pytest.raises(TypeError):
        effective_access(nobody, today=TODAY)


def test_the_system_says_its_name():
    assert repr(SYSTEM) == "SYSTEM"


def test_whoever_is_suspended_is_nobodys_colleague():
    user = staff(Role.COUNSELLOR, suspended_from=TODAY)
    assert effective_access(user, today=TODAY).staff_member is None


def test_how_much_is_asked(django_assert_num_queries):
    user = staff(Role.COUNSELLOR)
    with django_assert_num_queries(2):
        assert str(effective_access(user, today=TODAY).staff_member.user.pk)
    with django_assert_num_queries(0):
        assert roles_of(AnonymousUser()) == frozenset()
