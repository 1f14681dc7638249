"""Demo content is made by the development settings only, and production refuses its logins."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured

from futuuri_site import demo, demo_content
from register.models import Assignment, Client, ExportBatch, Hold, Note, Processor, ServiceOrder
from register.models.billing import BatchState
from register.models.staff import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def allowed(settings):
    settings.DEMO_CONTENT_ALLOWED = True


def test_other_settings_make_none():
    with pytest.raises(ImproperlyConfigured):
        demo_content.create()
    assert not demo.demo_logins_exist()


def test_a_database_with_an_account_of_its_own_gets_none(allowed):
    User.objects.create(username="paula")
    with pytest.raises(ImproperlyConfigured, match="accounts of its own"):
        demo_content.create()
    assert not demo.demo_logins_exist()
    assert not Client.objects.exists()


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29)])
def test_it_shows_orders_in_every_state(allowed, today):
    assert demo_content.create(today=today)

    orders = ServiceOrder.objects.with_end()
    new_year = date(today.year, 1, 1)
    assert Client.objects.count() == 24
    assert orders.filter(ends_on__gte=today).count() >= 12
    assert orders.filter(ends_on__lt=new_year).count() >= 6
    assert orders.finished(today).unbilled().exists()
    assert ExportBatch.objects.get().state == BatchState.RECEIVED
    assert Hold.objects.active(today).count() == 3
    assert Note.objects.exists()
    assert Processor.objects.under_contract(today).exists()
    assert Assignment.objects.current(today).values("user").distinct().count() == 3


def test_it_has_a_working_login_for_every_role(allowed, client):
    demo_content.create()
    assert {role for login in demo.LOGINS for role in login.roles} == set(Role)
    assert any(len(login.roles) > 1 for login in demo.LOGINS)
    for login in demo.LOGINS:
        assert client.login(username=login.username, password=demo.PASSWORD)
        assert client.get("/admin/").status_code == 200


def test_it_is_made_once(allowed):
    assert demo_content.create()
    assert not demo_content.create()


def test_persons_are_invented(allowed):
    demo_content.create()
    for person in Client.objects.all():
        assert person.email.endswith("@example.org")
        assert not person.phone or "+46701740605" <= str(person.phone.as_e164) <= "+46701740699"
        person.full_clean()


@pytest.mark.parametrize("change", [{"username": "renamed"}, {"email": "someone@example.org"}])
def test_a_demo_login_is_refused_even_when_half_renamed(settings, allowed, change):
    from django.contrib.auth.models import User

    demo_content.create()
    User.objects.exclude(username="demo-ohjaaja").update(is_active=False)
    demo.refuse_demo_logins()

    settings.DEMO_CONTENT_ALLOWED = False
    User.objects.filter(username="demo-ohjaaja").update(**change)
    with pytest.raises(ImproperlyConfigured, match="demo logins"):
        demo.refuse_demo_logins()
