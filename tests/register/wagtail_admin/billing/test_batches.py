"""Billing's screens: three personal fields, a logged file, and no way to the client (C24, C25)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.billing.exporting import export
from register.models import AccessLogEntry, AccessLogSubject, ExportBatch
from register.models.access_log import Action
from register.models.billing import BatchState
from register.models.staff import Role
from tests.factories import NoteFactory, ProcessorFactory, ServiceOrderFactory, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def billing(client):
    user = staff(Role.BILLING)
    client.force_login(user)
    return user


@pytest.fixture
def order():
    today = timezone.localdate()
    order = ServiceOrderFactory(
        client__name="Laskutettava Henkilö",
        client__birth_year=1971,
        client__phone="+358409876543",
        specification="arka tarkennus",
        starts_on=today - timedelta(days=30),
        planned_end=today - timedelta(days=1),
    )
    NoteFactory(order=order, text="arka muistiinpano")
    return order


@pytest.fixture
def batch(order):
    ProcessorFactory()
    return export(today=timezone.localdate(), by=SYSTEM)


def address(batch, action):
    return reverse(f"siirtoerat_modeladmin_{action}", args=[batch.pk])


def test_a_file_is_downloaded_and_the_download_logged(client, billing, order, batch):
    response = client.get(address(batch, "download"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert order.client.name in content
    assert order.client.name not in str(response.headers)
    entry = AccessLogEntry.objects.get(action=Action.DOWNLOAD)
    assert entry.actor == billing.pk
    subjects = AccessLogSubject.objects.filter(entry=entry.pk)
    assert [subject.client for subject in subjects] == [order.client_id]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BILLING])
def test_nobody_else_gets_the_file(client, batch, role):
    client.force_login(staff(role))
    assert client.get(address(batch, "download")).status_code == 404
    assert client.get(address(batch, "inspect")).status_code == 404
    assert client.post(address(batch, "received")).status_code == 404
    assert not AccessLogEntry.objects.filter(action=Action.DOWNLOAD).exists()


def test_a_missing_file_is_told_in_words(client, billing, batch):
    ExportBatch.objects.update(state=BatchState.EXPIRED)
    response = client.get(address(batch, "download"), follow=True)
    assert response.redirect_chain
    assert response.status_code == 200


def test_a_batch_is_marked_as_received_after_a_page_that_says_so(client, billing, batch):
    page = open_form(client, address(batch, "received"), ".register-confirm form")
    batch.refresh_from_db()
    assert batch.state == BatchState.WRITTEN
    page.send(client)
    batch.refresh_from_db()
    assert batch.state == BatchState.RECEIVED
    assert client.post(address(batch, "received")).status_code == 404


def test_billing_sees_exactly_three_personal_fields(client, billing, order, batch):
    pages = "".join(
        client.get(url).content.decode()
        for url in (
            reverse("kirjanpito_modeladmin_index"),
            reverse("kirjanpito_modeladmin_inspect", args=[order.bookkeeping_row.pk]),
            reverse("siirtoerat_modeladmin_index"),
            address(batch, "inspect"),
        )
    )
    for seen in (order.client.name, order.client.email, str(order.service)):
        assert seen in pages
    for hidden in ("1971", "9876543", "arka tarkennus", "arka muistiinpano"):
        assert hidden not in pages
    assert order.client.register_number not in pages
    assert str(order.client_id) not in pages


def test_a_list_of_rows_costs_the_same_for_one_and_for_five(client, billing, order, batch):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("kirjanpito_modeladmin_index"))
        return len(queries)

    cost()
    one = cost()
    ServiceOrderFactory.create_batch(4, starts_on=date(2026, 1, 1), planned_end=date(2026, 1, 2))
    export(today=timezone.localdate(), by=SYSTEM)
    assert cost() == one
