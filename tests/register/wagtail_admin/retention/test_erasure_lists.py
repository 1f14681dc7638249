"""The erasure lists: counts to two roles, a client to who may see it, and one confirmation."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from register.models import AccessLogEntry, AccessLogSubject, ErasureList
from register.models.access_log import Action
from register.models.retention import ListKind
from register.models.staff import Role
from register.wagtail_admin.base.screens import address
from tests.factories import (
    AssignmentFactory,
    ErasureListFactory,
    ServiceOrderFactory,
    staff,
)
from tests.forms import open_form

pytestmark = pytest.mark.django_db
INDEX = reverse("poistolistat_modeladmin_index")
TOLD = (Role.MAIN_USER, Role.DATA_PROTECTION)


@pytest.fixture
def beyond():
    """A list with one client on it, that waits for a person."""
    from register.domain.retention import listed

    made = ErasureListFactory(
        kind=ListKind.BEYOND,
        frozen_at=timezone.now(),
        erases_at=timezone.localtime() + timedelta(days=9),
    )
    order = ServiceOrderFactory(client__name="Salainen Henkilö")
    listed.put_keys(orders=[order.pk], clients=[order.client_id], on=made)
    made.order = order
    return made


@pytest.mark.parametrize("role", Role)
def test_they_are_told_to_main_user_and_contact_alone(client, beyond, role):
    client.force_login(staff(role))
    told = role in TOLD
    for url in (INDEX, address(beyond, "inspect"), address(beyond, "confirm")):
        page = client.get(url)
        assert page.status_code == (200 if told else 404)
        assert "Salainen" not in page.content.decode()
        assert beyond.order.client.register_number not in page.content.decode()
    home = client.get("/admin/").content.decode()
    assert (address(beyond, "inspect") in home) is told


def test_a_list_says_how_much_why_and_when(client, beyond):
    client.force_login(staff(Role.MAIN_USER))
    ErasureList.objects.update(clients=4, orders=7)
    page = client.get(address(beyond, "inspect")).content.decode()
    day = timezone.localtime() + timedelta(days=9)
    assert "Odottaa vahvistusta" in page
    assert f"{day.day}.{day.month}.{day.year}" in page
    assert "Asiakas: 1, Palvelutilaus: 1" in page
    assert "Selvitä syy ennen vahvistamista" in page


def test_a_confirmation_is_asked_logged_and_done_once(client, beyond):
    user = staff(Role.DATA_PROTECTION)
    client.force_login(user)
    url = address(beyond, "confirm")
    form = open_form(client, url, ".register-confirm form")
    assert ErasureList.objects.get().confirmed_on is None
    form.send(client)
    beyond.refresh_from_db()
    assert beyond.is_in_force(timezone.now())
    assert beyond.confirmed_on == timezone.localdate()
    entry = AccessLogEntry.objects.get(action=Action.CONFIRM)
    assert (entry.actor, entry.object_key) == (user.pk, str(beyond.pk))
    again = client.get(form.send(client)["Location"]).content.decode()
    assert "muuttanut" in again or "muutt" in again
    assert AccessLogEntry.objects.filter(action=Action.CONFIRM).count() == 1


@pytest.mark.parametrize("kind", [kind for kind in ListKind if kind != ListKind.BEYOND])
def test_other_lists_ask_for_no_confirmation(client, kind):
    client.force_login(staff(Role.MAIN_USER))
    made = ErasureListFactory(kind=kind, frozen_at=timezone.now())
    assert address(made, "confirm") not in client.get(address(made, "inspect")).content.decode()
    assert client.get(address(made, "confirm")).status_code == 404


def test_a_client_on_it_is_one_click_away_for_who_may_see_the_client(client, beyond):
    both = staff(Role.MAIN_USER, Role.COUNSELLOR)
    client.force_login(both)
    rows = address(beyond, "rows")
    assert rows in client.get(address(beyond, "inspect")).content.decode()
    page = client.get(rows).content.decode()
    assert "Salainen" not in page

    AssignmentFactory(user=both, content_object=beyond.order.client)
    page = client.get(rows).content.decode()
    assert "Salainen Henkilö" in page
    assert address(beyond.order.client, "inspect") in page
    entry = AccessLogEntry.objects.get(view="erasurelist_rows", actor=both.pk)
    assert AccessLogSubject.objects.get(entry=entry.pk).client == beyond.order.client_id


def test_the_main_user_alone_sees_no_client(client, beyond):
    client.force_login(staff(Role.MAIN_USER))
    assert client.get(address(beyond, "rows")).status_code == 404
    assert address(beyond, "rows") not in client.get(address(beyond, "inspect")).content.decode()


def test_the_dry_run_tells_the_same(client, beyond, capsys):
    client.force_login(staff(Role.MAIN_USER))
    ErasureList.objects.update(clients=4, orders=7)
    call_command("apply_retention", dry_run=True)
    said = capsys.readouterr().out
    home = client.get("/admin/").content.decode()
    counted = "Asiakkaita 4, palvelutilauksia 7, palautteita 0, kirjanpitorivejä 0."
    assert counted in said
    assert counted in home
    assert "Odottaa vahvistusta" in said


def test_the_queries_do_not_grow(client, django_assert_max_num_queries):
    client.force_login(staff(Role.MAIN_USER))
    for _ in range(15):
        ErasureListFactory(kind=ListKind.BEYOND, frozen_at=timezone.now())
    with django_assert_max_num_queries(40):
        client.get(INDEX)
