"""What was done to a row since somebody looked at it (C38)."""

from datetime import date

import pytest

from register.access.standing import SYSTEM
from register.domain.access_log import reading
from register.domain.access_log.history import changes_since, fields_of
from register.domain.orders import catalogue
from register.domain.staff import accounts, roles
from register.models import Service, StaffMember
from register.models.staff import Role, named
from tests.factories import ServiceFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def eero():
    return staff(Role.MAIN_USER, user__first_name="Eero", user__last_name="Pääkäyttäjä")


def change(service, by, **changes):
    return catalogue.change(service, changes=changes, seen=None, by=by, today=TODAY)


def test_each_field_has_its_last_change_since_the_version(eero):
    service = ServiceFactory(name="Uraohjaus", price=1)
    change(service, eero, name="Työnhaku")
    seen = Service.objects.get().version
    change(service, SYSTEM, price=2)
    change(service, eero, price=3, active=False)
    found = changes_since(service, version=seen)
    assert {name: each.actor for name, each in found.items()} == {
        "price": named(eero),
        "active": named(eero),
    }
    assert found["price"].at == found["active"].at
    assert changes_since(service, version=Service.objects.get().version) == {}


def test_the_system_has_no_name():
    service = ServiceFactory()
    change(service, SYSTEM, active=False)
    assert changes_since(service, version=1)["active"].actor == ""


def test_reading_and_changing_another_row_is_no_change(eero):
    change(ServiceFactory(), eero, active=False)
    member = eero.staff_member
    reading.read(StaffMember, to=eero, today=TODAY, view="inspect")
    assert changes_since(member, version=0) == {}


def test_a_members_account_and_roles_are_fields_too(eero):
    member = staff(Role.COUNSELLOR).staff_member
    how = {"member": member, "seen": None, "by": eero, "today": TODAY}
    roles.set_roles(roles=[Role.BILLING], **how)
    accounts.rename(first_name="Uusi", last_name="Nimi", email=member.user.email, **how)
    assert set(changes_since(member, version=1)) == {"roles", "first_name", "last_name"}


def test_roles_given_at_the_beginning_are_no_change():
    assert fields_of({"roles": ["editor"]}) == []
    assert fields_of({"roles_before": [], "roles": ["editor"]}) == ["roles"]
