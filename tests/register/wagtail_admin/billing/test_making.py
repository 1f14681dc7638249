"""A batch is made from the first screen: what it holds is shown first (C24)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from register.models import ExportBatch
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import ProcessorFactory, ServiceOrderFactory, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db
TODAY = today()
PAGE = "register_make_batch"


@pytest.fixture
def billing(client):
    client.force_login(staff(Role.BILLING))
    return client


@pytest.fixture
def over():
    days = {"starts_on": TODAY - timedelta(days=9), "planned_end": TODAY - timedelta(days=2)}
    return [
        ServiceOrderFactory(**days, price="100.00"),
        ServiceOrderFactory(**days, price="20.50", client__email="", client__name="Osoitteeton"),
    ]


def test_the_first_screen_counts_and_leads_and_names_nobody(billing, over):
    page = billing.get(reverse("wagtailadmin_home")).content.decode()
    assert "2 palvelua on laskuttamatta, yhteensä 120,50\xa0€." in page
    assert reverse(PAGE) in page
    assert "Osoitteeton" not in page


def test_the_page_says_what_the_batch_will_hold_and_one_press_makes_it(billing, over):
    ProcessorFactory(kind="finance")
    shown = billing.get(reverse(PAGE)).content.decode()
    assert "120,50" in shown
    assert "Osoitteeton" in shown
    answer = open_form(billing, reverse(PAGE), "main form").send(billing)
    batch = ExportBatch.objects.get()
    assert answer["Location"].endswith(f"/{batch.pk}/")
    assert batch.row_count == 2
    page = billing.get(reverse("wagtailadmin_home")).content.decode()
    assert str(batch) in page
    again = billing.get(reverse(PAGE)).content.decode()
    assert "Laskutettavaa ei ole" in again


def test_what_is_in_the_way_is_told(billing, over):
    answer = open_form(billing, reverse(PAGE), "main form").send(billing)
    told = billing.get(answer["Location"]).content.decode()
    assert "ei ole taloushallinnon palveluntarjoajaa" in told
    assert not ExportBatch.objects.exists()


def test_a_second_press_makes_no_second_batch(billing, over):
    ProcessorFactory(kind="finance")
    form = open_form(billing, reverse(PAGE), "main form")
    assert [form.send(billing).status_code for _ in range(2)] == [302, 302]
    assert ExportBatch.objects.count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BILLING}))
def test_it_is_not_there_for_others(role, over):
    browser = Browser()
    browser.force_login(staff(role))
    assert browser.get(reverse(PAGE)).status_code == 404
    assert browser.post(reverse(PAGE)).status_code == 404
    assert not ExportBatch.objects.exists()
