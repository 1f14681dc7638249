"""C33, C35: nobody raises themselves. The roles of the own account are another's to change."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.staff import own_roles
from register.domain.staff.absences import suspend
from register.domain.staff.accounts import add_staff_member
from register.domain.staff.roles import set_roles
from register.exceptions import LastMainUser, NotAllowed, OwnRoles, Stale
from register.models import AccessChange, AccessLogEntry, RoleRequest, StaffMember
from register.models.staff import ChangeKind, Decision, Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
MORE = {Role.MAIN_USER, Role.COUNSELLOR}


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


@pytest.fixture
def contact():
    return staff(Role.DATA_PROTECTION)


def ask(user, roles=MORE, **asked):
    return own_roles.ask(
        **{
            "member": user.staff_member,
            "roles": roles,
            "seen": None,
            "by": user,
            "today": TODAY,
            "now": timezone.now(),
        }
        | asked
    )


def decide(verb, request, by, seen=None):
    return verb(request=request, seen=seen, by=by, today=TODAY, now=timezone.now())


def roles_of(user):
    return StaffMember.objects.get(user=user).roles


@pytest.mark.parametrize("wanted", [set(Role), MORE, set(), {Role.COUNSELLOR}], ids=len)
def test_no_main_user_changes_the_own_roles(main_user, contact, wanted):
    """The attack that was seen: a main user gave themselves all roles. Dropping one is the same."""
    staff(Role.MAIN_USER)
    with pytest.raises(OwnRoles):
        set_roles(member=main_user.staff_member, roles=wanted, seen=None, by=main_user, today=TODAY)
    assert roles_of(main_user) == {Role.MAIN_USER}
    assert not AccessChange.objects.exists()


def test_where_there_is_another_main_user_that_one_is_named(main_user, contact):
    other = staff(Role.MAIN_USER, user__first_name="Toini", user__last_name="Toinen")
    with pytest.raises(ValidationError, match="Toini Toinen"):
        ask(main_user)
    assert not RoleRequest.objects.exists()
    set_roles(member=main_user.staff_member, roles=MORE, seen=None, by=other, today=TODAY)
    assert roles_of(main_user) == MORE


def test_the_only_main_user_asks_and_the_contact_confirms(main_user, contact):
    request = ask(main_user)
    assert roles_of(main_user) == {Role.MAIN_USER}
    assert (request.roles_before, request.roles) == (["main_user"], ["counsellor", "main_user"])

    decide(own_roles.confirm, request, contact)

    assert roles_of(main_user) == MORE
    noted = AccessChange.objects.get()
    assert (noted.kind, noted.actor) == (ChangeKind.ROLES, contact.staff_member)
    assert (noted.roles_before, noted.roles) == (["main_user"], ["counsellor", "main_user"])
    entry = AccessLogEntry.objects.get(view="staff_roles")
    assert entry.actor == contact.pk
    assert entry.details["roles"] == ["counsellor", "main_user"]


def test_a_main_user_who_cannot_log_in_is_no_other(main_user, contact):
    suspended = staff(Role.MAIN_USER, suspended_from=TODAY)
    without_password = staff(Role.MAIN_USER)
    without_password.set_unusable_password()
    without_password.save()
    assert ask(main_user).is_waiting
    assert suspended.staff_member.is_suspended(TODAY)


def test_the_contact_refuses(main_user, contact):
    request = ask(main_user)
    decide(own_roles.refuse, request, contact)
    request.refresh_from_db()
    assert (request.decision, request.decided_by) == (Decision.REFUSED, contact.staff_member)
    assert roles_of(main_user) == {Role.MAIN_USER}
    with pytest.raises(Stale):
        decide(own_roles.confirm, request, contact)


def test_nobody_confirms_their_own_request(main_user, contact):
    request = ask(main_user)
    main_user.groups.add(*contact.groups.all())
    for verb in (own_roles.confirm, own_roles.refuse):
        with pytest.raises(NotAllowed):
            decide(verb, request, main_user)
    assert RoleRequest.objects.get().is_waiting


def test_where_the_contact_is_the_same_person_only_the_server_does_it():
    both = staff(Role.MAIN_USER, Role.DATA_PROTECTION)
    with pytest.raises(ValidationError, match="set_roles"):
        ask(both, {*MORE, Role.DATA_PROTECTION})
    assert not RoleRequest.objects.exists()
    set_roles(member=both.staff_member, roles=MORE, seen=None, by=SYSTEM, today=TODAY)
    assert roles_of(both) == MORE
    assert AccessChange.objects.get().actor is None


def test_a_contact_who_cannot_log_in_confirms_nothing(main_user):
    staff(Role.DATA_PROTECTION, closed_on=TODAY)
    with pytest.raises(ValidationError, match="set_roles"):
        ask(main_user)


def test_the_last_main_user_cannot_ask_the_role_away(main_user, contact):
    with pytest.raises(LastMainUser):
        ask(main_user, {Role.COUNSELLOR})


def test_roles_that_were_changed_meanwhile_are_not_confirmed(main_user, contact):
    request = ask(main_user)
    set_roles(
        member=main_user.staff_member,
        roles=[Role.MAIN_USER, Role.EDITOR],
        seen=None,
        by=SYSTEM,
        today=TODAY,
    )
    request.refresh_from_db()
    assert request.decision == Decision.OUTDATED
    with pytest.raises(Stale):
        decide(own_roles.confirm, request, contact)
    assert roles_of(main_user) == {Role.MAIN_USER, Role.EDITOR}


def test_roles_that_were_changed_past_the_verbs_are_not_confirmed_either(main_user, contact):
    request = ask(main_user)
    main_user.groups.add(*staff(Role.EDITOR).groups.all())
    with pytest.raises(Stale):
        decide(own_roles.confirm, request, contact)
    request.refresh_from_db()
    assert request.is_waiting


def test_a_newer_request_replaces_the_older(main_user, contact):
    older, newer = ask(main_user), ask(main_user, {Role.MAIN_USER, Role.BILLING})
    older.refresh_from_db()
    assert older.decision == Decision.OUTDATED
    assert newer.is_waiting


def test_who_saw_older_roles_asks_for_nothing(main_user, contact):
    seen = main_user.staff_member.version
    suspended = staff(Role.MAIN_USER)
    set_roles(
        member=main_user.staff_member,
        roles=[Role.MAIN_USER, Role.EDITOR],
        seen=None,
        by=suspended,
        today=TODAY,
    )
    suspend(
        member=suspended.staff_member, start=TODAY, until=None, seen=None, by=SYSTEM, today=TODAY
    )
    with pytest.raises(Stale):
        ask(main_user, seen=seen)


def test_one_who_is_suspended_meanwhile_gets_nothing(main_user, contact):
    request = ask(main_user)
    StaffMember.objects.filter(user=main_user).update(suspended_from=TODAY)
    with pytest.raises(ValidationError):
        decide(own_roles.confirm, request, contact)


def test_the_roles_of_a_new_account_stand_on_the_contacts_list(main_user):
    """The attack: a second account of one's own, with all roles."""
    member = add_staff_member(
        username="toinen-mina",
        email="toinen@example.org",
        first_name="Toinen",
        last_name="Minä",
        roles=set(Role),
        by=main_user,
        today=TODAY,
    )
    noted = AccessChange.objects.get()
    assert (noted.kind, noted.member) == (ChangeKind.ROLES, member)
    assert noted.roles == sorted(role.value for role in Role)


def test_where_the_contact_is_the_same_person_one_whom_the_owner_named_decides(settings):
    both, named = staff(Role.MAIN_USER, Role.DATA_PROTECTION), staff(Role.COUNSELLOR)
    settings.REGISTER = {**settings.REGISTER, "CONFIRMER": named.username}
    request = ask(both, {*MORE, Role.DATA_PROTECTION})
    for stranger in (both, staff(Role.COUNSELLOR)):
        with pytest.raises(NotAllowed):
            decide(own_roles.confirm, request, stranger)
    decide(own_roles.confirm, request, named)
    assert roles_of(both) == {*MORE, Role.DATA_PROTECTION}


def test_whom_the_owner_named_decides_nothing_of_others(main_user, contact, settings):
    named = staff(Role.COUNSELLOR)
    settings.REGISTER = {**settings.REGISTER, "CONFIRMER": named.username}
    with pytest.raises(NotAllowed):
        decide(own_roles.confirm, ask(main_user), named)
