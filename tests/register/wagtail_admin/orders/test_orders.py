"""Orders and notes: dates that can't be, and who may correct what (C16, C18, C20)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from register.models import Note, Office, Service, ServiceOrder
from register.models.orders import LOCKED_WHEN_BILLED
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    NoteFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)
from tests.forms import open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsellor(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    return user


@pytest.fixture
def order(counsellor):
    today = timezone.localdate()
    own = AssignmentFactory(user=counsellor).content_object
    return ServiceOrderFactory(
        client=own,
        counsellor=counsellor.staff_member,
        starts_on=today - timedelta(days=20),
        planned_end=today + timedelta(days=20),
    )


def fi(day):
    return f"{day.day}.{day.month}.{day.year}"


def change(order, **changes):
    return {
        "service": order.service_id,
        "office": order.office_id,
        "manner": order.manner,
        "price": "120,00",
        "starts_on": fi(order.starts_on),
        "planned_end": fi(order.planned_end),
        "actual_end": "",
        **changes,
    }


def test_an_order_is_ended(client, order):
    today = timezone.localdate()
    url = reverse("tilaukset_modeladmin_edit", args=[order.pk])
    open_form(client, url).send(client, actual_end=fi(today))
    order.refresh_from_db()
    assert order.actual_end == today


@pytest.mark.parametrize(
    ("days", "field"), [(-21, "actual_end"), (1, "actual_end"), (-4000, "actual_end")]
)
def test_an_impossible_end_is_refused(client, order, days, field):
    url = reverse("tilaukset_modeladmin_edit", args=[order.pk])
    end = fi(timezone.localdate() + timedelta(days=days))
    response = client.post(url, change(order, actual_end=end))
    assert field in response.context["form"].errors
    assert response.context["form"]["actual_end"].value() == end


def test_a_meeting_of_the_future_is_refused(client, order):
    url = f"{reverse('muistiinpanot_modeladmin_create')}?order={order.pk}"
    met_on = fi(timezone.localdate() + timedelta(days=1))
    typed = {"met_on": met_on, "basis": "told_by_client", "text": "pitkä teksti"}
    response = client.post(url, typed)
    assert "met_on" in response.context["form"].errors
    assert response.context["form"]["text"].value() == "pitkä teksti"
    assert not Note.objects.exists()


def test_a_note_states_its_basis(client, order):
    url = f"{reverse('muistiinpanot_modeladmin_create')}?order={order.pk}"
    response = client.post(url, {"met_on": fi(timezone.localdate()), "text": "teksti"})
    assert "basis" in response.context["form"].errors


def test_a_note_is_corrected_by_its_author_only(client, order, counsellor):
    own = NoteFactory(order=order, met_on=order.starts_on)
    others = NoteFactory(
        order=order, author=staff(Role.COUNSELLOR).staff_member, met_on=order.starts_on
    )
    typed = {"met_on": fi(order.starts_on), "basis": "told_by_client", "text": "korjattu"}
    open_form(client, reverse("muistiinpanot_modeladmin_edit", args=[own.pk])).send(client, **typed)
    refused = client.post(reverse("muistiinpanot_modeladmin_edit", args=[others.pk]), typed)
    assert Note.objects.get(pk=own.pk).text == "korjattu"
    assert refused.status_code == 404


def test_a_service_in_use_is_not_deleted_and_its_users_are_not_told(client, order):
    client.force_login(staff(Role.MAIN_USER))
    url = reverse("palvelut_modeladmin_delete", args=[order.service_id])
    page = open_form(client, url, "main form").send(client).content.decode()
    assert Service.objects.filter(pk=order.service_id).exists()
    assert str(order) not in page
    assert str(order.client) not in page
    with pytest.raises(ProtectedError):
        order.service.delete()


def test_an_unused_office_is_deleted(client):
    client.force_login(staff(Role.MAIN_USER))
    office = Office.objects.create(name="Käyttämätön")
    url = reverse("toimipaikat_modeladmin_delete", args=[office.pk])
    open_form(client, url, "main form").send(client)
    assert not Office.objects.filter(pk=office.pk).exists()


# --- what billing has


def test_what_billing_has_is_shown_locked_with_words(client, order):
    BookkeepingRowFactory(order=order)
    url = reverse("tilaukset_modeladmin_edit", args=[order.pk])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    shown = [name for name in LOCKED_WHEN_BILLED if name not in ("client", "cancelled_on")]
    assert shown == ["service", "actual_end", "planned_end", "price"]
    for name in shown:
        assert page.select_one(f"[name={name}]").has_attr("disabled")
    assert not page.select_one("[name=manner]").has_attr("disabled")
    assert "laskutus tekee korjauksen" in page.get_text()

    open_form(client, url).send(client, manner="remote", price=None, service=None)
    changed = ServiceOrder.objects.get(pk=order.pk)
    assert (changed.manner, changed.price, changed.service) == (
        "remote",
        order.price,
        order.service,
    )


def test_a_page_that_was_open_before_the_export_is_refused_in_words(client, order):
    url = reverse("tilaukset_modeladmin_edit", args=[order.pk])
    open_before = open_form(client, url)
    BookkeepingRowFactory(order=order)
    response = open_before.send(client, price="1,00", manner="remote")
    form = response.context["form"]
    assert "laskutus tekee korjauksen" in str(form.errors["price"])
    assert form["price"].value() == "1,00"
    assert ServiceOrder.objects.get(pk=order.pk).manner == order.manner

    open_before.send(client, manner="remote")
    assert ServiceOrder.objects.get(pk=order.pk).manner == "remote"


def test_an_order_that_billing_has_not_is_changed_freely(client, order):
    url = reverse("tilaukset_modeladmin_edit", args=[order.pk])
    assert "laskutus tekee korjauksen" not in client.get(url).content.decode()
    open_form(client, url).send(client, price="1,00")
    assert ServiceOrder.objects.get(pk=order.pk).price == 1


def test_the_name_of_a_billed_service_is_refused_in_words(client, order):
    BookkeepingRowFactory(order=order)
    client.force_login(staff(Role.MAIN_USER))
    url = reverse("palvelut_modeladmin_edit", args=[order.service_id])
    response = open_form(client, url).send(client, name="Toinen")
    assert "laskutettu tällä nimellä" in str(response.context["form"].errors["name"])
    free = ServiceFactory()
    url = reverse("palvelut_modeladmin_edit", args=[free.pk])
    open_form(client, url).send(client, name="Toinen")
    assert Service.objects.get(pk=free.pk).name == "Toinen"
