"""O8, Act 759/2004: what is kept of the staff ends a year after closing, the name with the log."""

from datetime import date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile

from register.domain.access_log import recording
from register.domain.erasure import accounts, engine
from register.inventory import inventory
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, ServiceOrder, StaffMember
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import years_before
from tests.factories import NoteFactory, ServiceOrderFactory, StaffMemberFactory, staff
from tests.register.domain.staff.kept import something_of_each_kind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
CLOSED = years_before(TODAY, 1) - timedelta(1)


def someone_who_left(**values):
    member = StaffMemberFactory(**{"closed_on": CLOSED, "suspended_from": CLOSED, **values})
    UserProfile.objects.create(user=member.user, preferred_language="sv")
    member.user.last_login = datetime.fromisoformat("2025-11-20T08:00+02:00")
    member.user.save()
    return member


def test_who_nothing_names_is_erased_on_the_day_after_the_owners_year():
    gone, stays = someone_who_left(), someone_who_left(closed_on=years_before(TODAY, 1))
    present = StaffMemberFactory()
    assert accounts.erase_closed(today=TODAY) == 1
    assert {*StaffMember.objects.all()} == {stays, present}
    assert not get_user_model().objects.filter(pk=gone.user_id).exists()


@pytest.mark.parametrize("years", [1, 3])
def test_the_time_is_the_owners(settings, years):
    settings.REGISTER = settings.REGISTER | {"STAFF_YEARS": years}
    someone_who_left()
    assert accounts.erase_closed(today=TODAY) == (years == 1)


def test_while_an_order_names_them_only_the_names_are_left():
    member = someone_who_left()
    member.user.groups.add(*staff(Role.BILLING).groups.all())
    ServiceOrderFactory(counsellor=member)
    told = member.user.first_name, member.user.last_name, member.user.username
    assert accounts.erase_closed(today=TODAY) == 1

    member = StaffMember.objects.get(pk=member.pk)
    user = member.user
    assert (user.first_name, user.last_name, user.username) == told
    assert (member.closed_on, member.name) == (CLOSED, " ".join(told[:2]))
    own = inventory["register.StaffMember"].personal
    assert {getattr(member, name) for name in own if name not in engine.KEPT} == {None}
    assert (user.email, user.last_login, user.is_active) == ("", None, False)
    assert user.date_joined.date() <= CLOSED
    assert not user.has_usable_password()
    assert not user.groups.exists()
    assert not UserProfile.objects.filter(user=user).exists()
    assert accounts.erase_closed(today=TODAY) == 0


def named_by_an_order(member):
    return ServiceOrderFactory(counsellor=member)


def named_by_a_note(member):
    return NoteFactory(author=member)


def test_all_that_belongs_to_an_account_is_erased_and_nothing_of_anybody_else():
    member, other = someone_who_left(), StaffMemberFactory()
    ServiceOrderFactory(counsellor=member)
    for each in (member, other):
        something_of_each_kind(each.user)
    accounts.erase_closed(today=TODAY)
    for declaration, path in inventory.erased_with_account():
        rows = apps.get_model(declaration.model).objects
        if path != "pk":
            assert not rows.filter(**{path: member.pk}).exists(), declaration.model
        assert rows.filter(**{path: other.pk}).exists(), declaration.model
    assert not Authenticator.objects.filter(user=member.user).exists()
    assert Authenticator.objects.filter(user=other.user).exists()


@pytest.mark.parametrize("name_them", [named_by_an_order, named_by_a_note])
def test_the_name_goes_with_the_last_row_that_has_it(name_them):
    member = someone_who_left()
    row = name_them(member)
    accounts.erase_closed(today=TODAY)
    assert StaffMember.objects.filter(pk=member.pk).exists()
    row.delete()
    assert accounts.erase_closed(today=TODAY) == 1
    assert not StaffMember.objects.filter(pk=member.pk).exists()


def an_entry(**values):
    return {"action": Action.VIEW, "purpose": Purpose.GUIDANCE, "model": ServiceOrder, **values}


@pytest.mark.parametrize("how", ["did it", "got it", "it was done to"])
def test_the_name_stays_while_the_log_of_use_has_it(how):
    member, other = someone_who_left(), staff(Role.MAIN_USER)
    by = member.user if how == "did it" else other
    values = an_entry(by=by, view="list", count=1)
    if how == "it was done to":
        values |= {"model": StaffMember, "objects": [member]}
    if how == "got it":
        values |= {"action": Action.ASSIGN, "details": {"counsellor": member.user_id}}
    recording.record(**values)
    accounts.erase_closed(today=TODAY)
    assert StaffMember.objects.filter(pk=member.pk).exists()


def test_a_processor_that_happens_to_have_the_same_number_keeps_no_name():
    member = someone_who_left()
    values = an_entry(by=staff(Role.BILLING), view="batch", recipient=member.user_id)
    recording.record(**values | {"action": Action.DISCLOSE, "purpose": Purpose.BILLING})
    accounts.erase_closed(today=TODAY)
    assert not StaffMember.objects.filter(pk=member.pk).exists()


def test_the_log_tells_that_accounts_were_erased_and_not_whose():
    someone_who_left()
    accounts.erase_closed(today=TODAY)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_key) == (Action.ERASE, None, "")
    assert entry.model == "register.StaffMember"


def test_every_row_that_belongs_to_an_account_alone_is_found():
    """Those of other apps, too: what Wagtail keeps for a person's own use of it."""
    found = {field.model._meta.label for field in engine.belonging_to_accounts()}
    assert {"wagtailusers.UserProfile", "wagtailadmin.EditingSession"} <= found


def test_what_needs_the_name_is_found_by_its_foreign_keys():
    found = {f"{field.model.__name__}.{field.name}" for field in accounts.naming()}
    assert found >= {
        "ServiceOrder.counsellor",
        "Note.author",
        "Assignment.user",
        "RegisterLogEntry.user",
    }
