"""Which version a person saw: under our seal, for one row and one person."""

import pytest

from register.models import Office, Service
from register.models.staff import Role
from register.wagtail_admin.base.seen import NEVER, SeenField, opened, seal
from tests.factories import OfficeFactory, ServiceFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def eero():
    return staff(Role.MAIN_USER)


def test_it_opens_to_the_person_who_saw_the_row(eero):
    service = ServiceFactory()
    service.save()
    sealed = seal(service, by=eero)
    assert opened(sealed, model=Service, key=str(service.pk), by=eero) == service.version == 2
    assert SeenField(service, by=eero).clean(sealed) == 2


def test_it_opens_for_no_other_row_model_or_person(eero):
    service = ServiceFactory()
    sealed = seal(service, by=eero)
    for elsewhere in (
        {"key": ServiceFactory().pk},
        {"model": Office, "key": OfficeFactory(pk=service.pk).pk},
        {"by": staff(Role.MAIN_USER)},
    ):
        asked = {"model": Service, "key": service.pk, "by": eero, **elsewhere}
        assert opened(sealed, **asked) == NEVER


@pytest.mark.parametrize("sealed", ["", "x", "a:b", "W10:x", "\x00", "ä:ö", "x" * 9999])
def test_what_is_not_our_seal_says_that_nothing_was_seen(eero, sealed):
    service = ServiceFactory()
    assert opened(sealed, model=Service, key=service.pk, by=eero) == NEVER
    assert SeenField(service, by=eero).clean(sealed) == NEVER


def test_no_row_has_the_version_of_one_who_saw_none():
    assert ServiceFactory().version > NEVER


def test_it_tells_nothing_personal(eero):
    service = ServiceFactory(name="Uraohjaus")
    assert "Uraohjaus" not in seal(service, by=eero)
