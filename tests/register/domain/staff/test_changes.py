"""C33, C35: what changes somebody's access is on the data protection contact's list until seen."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from register.domain.clients import assignments, records
from register.domain.staff import changes, own_roles
from register.domain.staff.roles import set_roles
from register.exceptions import NotAllowed
from register.models import AccessChange, AccessLogEntry
from register.models.access_log import Action
from register.models.staff import ChangeKind, Role
from tests.factories import (
    AccessChangeFactory,
    AssignmentFactory,
    ClientFactory,
    OfficeFactory,
    RoleRequestFactory,
    ServiceFactory,
    StaffHearingFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


@pytest.fixture
def both():
    return staff(Role.MAIN_USER, Role.COUNSELLOR)


def see(change, by):
    return changes.see(change=change, seen=None, by=by, today=TODAY, now=timezone.now())


def assign(user, *, by, client=None):
    return assignments.assign(
        client=client or ClientFactory(),
        user=user,
        valid_from=TODAY,
        valid_until=None,
        by=by,
        today=TODAY,
    )


def test_a_main_user_who_takes_a_client_stands_on_the_list(both):
    """The attack that was seen: a colleague's client, assigned to oneself and read."""
    client = AssignmentFactory(user=staff(Role.COUNSELLOR)).content_object
    assign(both, by=both, client=client)
    noted = AccessChange.objects.get()
    assert (noted.kind, noted.client) == (ChangeKind.ASSIGNMENT, client.pk)
    assert noted.member == noted.actor == both.staff_member


def test_a_client_who_is_prolonged_for_a_main_user_does_too(main_user, both):
    period = AssignmentFactory(user=both, valid_from=TODAY, valid_until=TODAY)
    assignments.set_dates(
        assignment=period,
        valid_from=TODAY,
        valid_until=TODAY + timedelta(days=90),
        seen=None,
        by=both,
        today=TODAY,
    )
    assert AccessChange.objects.get().client == period.content_object_id


def test_a_client_whom_a_main_user_adds_does_too(both):
    StaffHearingFactory()
    order = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "manner": "remote",
        "starts_on": TODAY,
        "planned_end": TODAY,
        "price": 0,
    }
    facts = {"name": "Aino Esimerkki", "email": "aino@example.org"}
    client = records.add(facts=facts, order=order, by=both, today=TODAY)
    assert AccessChange.objects.get().client == client.pk


def test_a_counsellors_client_is_no_change_to_be_seen(main_user):
    assign(staff(Role.COUNSELLOR), by=main_user)
    assert not AccessChange.objects.exists()


def test_no_assignment_without_its_notice(both, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(changes, "note", fail)
    client = ClientFactory()
    with pytest.raises(RuntimeError):
        assign(both, by=both, client=client)
    assert not client.assignments.exists()


def test_old_and_new_roles_are_told(main_user):
    member = staff(Role.COUNSELLOR).staff_member
    set_roles(member=member, roles=[Role.BILLING], seen=None, by=main_user, today=TODAY)
    noted = AccessChange.objects.get()
    assert (noted.roles_before, noted.roles) == (["counsellor"], ["billing"])
    set_roles(member=member, roles=[Role.BILLING], seen=None, by=main_user, today=TODAY)
    assert AccessChange.objects.count() == 1


def test_the_contact_takes_it_off_the_list_once_and_it_is_logged():
    contact, change = staff(Role.DATA_PROTECTION), AccessChangeFactory()
    assert changes.count_unseen(by=contact, today=TODAY) == 1
    see(change, contact)
    see(change, contact)
    change.refresh_from_db()
    assert change.seen_by == contact.staff_member
    assert changes.count_unseen(by=contact, today=TODAY) == 0
    entry = AccessLogEntry.objects.get(view="access_change")
    assert (entry.actor, entry.action) == (contact.pk, Action.CONFIRM)


def test_nobody_takes_off_the_list_what_they_did_themselves():
    """Who is main user and contact in one waits for the other contact."""
    actor = staff(Role.MAIN_USER, Role.DATA_PROTECTION)
    other = staff(Role.DATA_PROTECTION)
    change = AccessChangeFactory(actor=actor.staff_member)
    assert changes.count_unseen(by=actor, today=TODAY) == 0
    with pytest.raises(NotAllowed):
        see(change, actor)
    assert changes.count_unseen(by=other, today=TODAY) == 1
    see(change, other)


def test_a_contact_whom_a_main_user_adds_does_not_take_that_off_the_list(main_user):
    """The attack: an account of one's own making, which marks its own making as seen."""
    contact, added = staff(Role.DATA_PROTECTION), staff(Role.DATA_PROTECTION)
    change = AccessChangeFactory(member=added.staff_member, actor=main_user.staff_member)
    on_server = AccessChangeFactory(member=added.staff_member, actor=None, on_server=True)
    for each in (change, on_server):
        with pytest.raises(NotAllowed):
            see(each, added)
    assert changes.count_unseen(by=contact, today=TODAY) == 2
    see(change, contact)


def test_the_only_contact_sees_to_the_own_access_too(main_user):
    contact = staff(Role.DATA_PROTECTION)
    see(AccessChangeFactory(member=contact.staff_member, actor=main_user.staff_member), contact)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_it_is_nobody_elses_list(role):
    with pytest.raises(NotAllowed):
        see(AccessChangeFactory(), staff(role))


def test_what_the_only_contact_did_goes_to_whom_the_owner_named(settings):
    both, named = staff(Role.MAIN_USER, Role.DATA_PROTECTION), staff(Role.BILLING)
    settings.REGISTER = {**settings.REGISTER, "CONFIRMER": named.username}
    change = AccessChangeFactory(actor=both.staff_member)
    assert changes.count_unseen(by=named, today=TODAY) == 1
    see(change, named)
    with pytest.raises(NotAllowed):
        see(AccessChangeFactory(actor=staff(Role.MAIN_USER).staff_member), named)


def puppet(main_user):
    """An account that a main user adds and uses: a contact whom nobody has looked at."""
    user = staff()
    set_roles(
        member=user.staff_member, roles=[Role.DATA_PROTECTION], seen=None, by=main_user, today=TODAY
    )
    return user


def test_contacts_whom_nobody_has_seen_look_at_nothing(main_user):
    """The attack: accounts of one's own that see each other's beginnings, and confirm."""
    contact = staff(Role.DATA_PROTECTION)
    one, two = puppet(main_user), puppet(main_user)
    about_one = AccessChange.objects.get(member=one.staff_member)
    with pytest.raises(NotAllowed):
        see(about_one, by=two)
    request = RoleRequestFactory(member=main_user.staff_member)
    asked = {"request": request, "seen": None, "today": TODAY, "now": timezone.now()}
    with pytest.raises(NotAllowed):
        own_roles.confirm(**asked, by=one)

    see(about_one, by=contact)
    own_roles.confirm(**asked, by=one)
    see(AccessChange.objects.get(member=two.staff_member), by=one)


def test_the_first_contact_of_a_firm_is_seen_by_nobody_and_looks_all_the_same(main_user):
    first = puppet(main_user)
    note = AccessChangeFactory()
    assert see(note, by=first).seen_by == first.staff_member
