"""Art. 15 GDPR: each of the staff sees all that is kept of them, and nothing of anybody else's."""

from datetime import date

import pytest
from django.apps import apps
from wagtail.users.models import UserProfile

from register.domain.staff.own_record import own_record
from register.domain.staff.roles import set_roles
from register.exceptions import NotAllowed
from register.inventory import inventory
from register.models import AccessLogEntry, FactorSecret
from register.models.staff import Role
from tests.factories import (
    UserFactory,
    staff,
)
from tests.register.domain.staff.kept import something_of_each_kind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
UNTRAINED = {"agreement_signed_on": None, "law_trained_on": None}


def shown(record, model):
    return next(kept for kept in record.kept if kept.model is model)


def test_every_personal_field_that_is_declared_is_shown_with_its_value():
    """A field that is added to the inventory is shown here, or this fails."""
    me = staff(Role.COUNSELLOR, suspended_from=date(2027, 1, 1))
    something_of_each_kind(me)
    something_of_each_kind(staff())
    record = own_record(by=me, today=TODAY)
    kinds = {apps.get_model(found.model) for found, _path in inventory.erased_with_account()}
    assert kinds <= {kept.model for kept in record.kept}
    for declaration, path in inventory.erased_with_account():
        model = apps.get_model(declaration.model)
        for kept in (each for each in record.kept if each.model is model):
            rows = model.objects.filter(**{path: me.staff_member.pk})
            assert kept.count == rows.count() > 0
            if model is FactorSecret:
                assert not kept.rows
                continue
            for row, values in zip(rows, kept.rows, strict=True):
                told = {*declaration.personal, *declaration.entries} - {"user", path}
                assert set(values) == told
                assert values == {name: getattr(row, name) for name in values}


def test_the_account_is_shown_without_the_password():
    me = staff()
    UserProfile.objects.create(user=me)
    record = own_record(by=me, today=TODAY)
    account = shown(record, type(me)).rows[0]
    assert (account["username"], account["email"]) == (me.username, me.email)
    assert "password" not in account
    assert shown(record, UserProfile).count == 1


def test_it_tells_what_was_done_to_the_account():
    me, main_user = staff(Role.COUNSELLOR), staff(Role.MAIN_USER)
    set_roles(member=me.staff_member, roles=[Role.BILLING], seen=None, by=main_user, today=TODAY)
    set_roles(
        member=staff().staff_member, roles=[Role.EDITOR], seen=None, by=main_user, today=TODAY
    )
    (change,) = own_record(by=me, today=TODAY).changes
    assert (change.actor, change.details["roles"]) == (main_user.pk, ["billing"])


@pytest.mark.parametrize("attributes", [{}, UNTRAINED], ids=["trained", "untrained"])
def test_whoever_can_log_in_sees_it_and_the_log_says_so(attributes):
    me = staff(**attributes)
    own_record(by=me, today=TODAY)
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.object_key) == (me.pk, str(me.staff_member.pk))


@pytest.mark.parametrize("kind", ["no member", "suspended"])
def test_who_is_no_member_or_may_not_log_in_sees_nothing(kind):
    user = UserFactory() if kind == "no member" else staff(suspended_from=TODAY)
    with pytest.raises(NotAllowed):
        own_record(by=user, today=TODAY)
    assert not AccessLogEntry.objects.exists()
