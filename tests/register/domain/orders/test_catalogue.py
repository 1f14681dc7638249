"""C14, O9: the main user keeps services and offices; each act is logged with its object."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from register.domain.orders import catalogue
from register.exceptions import NotAllowed
from register.models import AccessLogEntry, Office, Service
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import OfficeFactory, ServiceFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def test_each_act_names_its_object():
    main_user = staff(Role.MAIN_USER)
    office = catalogue.add(Office(name="Vantaa"), by=main_user, today=TODAY)
    key = str(office.pk)
    catalogue.change(office, changes={"active": False}, seen=1, by=main_user, today=TODAY)
    catalogue.remove(office, seen=None, by=main_user, today=TODAY)
    logged = AccessLogEntry.objects.order_by("pk").values_list("action", "object_key")
    assert list(logged) == [
        (Action.CREATE, key),
        (Action.CHANGE, key),
        (Action.DELETE, key),
    ]
    assert not Office.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MAIN_USER}))
def test_nobody_else_keeps_the_catalogue(role):
    by, service = staff(role), ServiceFactory()
    for act in (
        lambda: catalogue.add(Service(name="Uusi"), by=by, today=TODAY),
        lambda: catalogue.change(service, changes={"price": 1}, seen=1, by=by, today=TODAY),
        lambda: catalogue.remove(service, seen=None, by=by, today=TODAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_two_of_one_name_are_refused():
    OfficeFactory(name="Vantaa")
    with pytest.raises(ValidationError):
        catalogue.add(Office(name="Vantaa"), by=staff(Role.MAIN_USER), today=TODAY)


def test_what_is_in_use_stays():
    order = ServiceOrderFactory()
    with pytest.raises(ProtectedError):
        catalogue.remove(order.service, seen=None, by=staff(Role.MAIN_USER), today=TODAY)
    assert not AccessLogEntry.objects.exists()
