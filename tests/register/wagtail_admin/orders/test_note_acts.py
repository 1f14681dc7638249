"""C18: a note written to the wrong client is moved or removed by its author."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from register.models import Note
from register.models.staff import Role
from register.wagtail_admin.base.screens import address
from tests.factories import AssignmentFactory, HoldFactory, NoteFactory, ServiceOrderFactory, staff
from tests.register.wagtail_admin.orders.test_acts import hidden, page_of

pytestmark = pytest.mark.django_db


def own_order(counsellor):
    order = ServiceOrderFactory(counsellor=counsellor.staff_member)
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


@pytest.fixture
def note(client):
    counsellor = staff(Role.COUNSELLOR)
    client.force_login(counsellor)
    return NoteFactory(order=own_order(counsellor), met_on=timezone.localdate())


def test_a_note_is_moved_after_both_ends_were_told(client, note):
    other = own_order(note.author.user)
    url = address(note, "move")
    typed = {"to": str(other.pk)}
    asked = BeautifulSoup(
        client.post(url, {**hidden(page_of(client, url)), **typed}).content, "html.parser"
    )
    told = asked.select_one(".register-confirm").get_text(" ", strip=True)
    for each in (note.order.client, other.client):
        assert told.count(f"{each.name} ({each})") >= 2
    assert Note.objects.get().order == note.order
    client.post(url, {**hidden(asked), **typed})
    assert Note.objects.get().order == other


def test_only_own_clients_orders_are_offered_and_taken(client, note):
    strange = ServiceOrderFactory()
    url = address(note, "move")
    page = page_of(client, url)
    assert strange.client.name not in page.get_text()
    answer = client.post(url, {**hidden(page), "to": str(strange.pk)})
    assert "to" in answer.context["form"].errors
    assert Note.objects.get().order == note.order


def test_a_note_is_removed_on_a_page_that_says_so(client, note):
    url = address(note, "remove")
    page = page_of(client, url)
    assert Note.objects.exists()
    client.post(url, hidden(page))
    assert not Note.objects.exists()


def test_what_is_on_hold_is_not_removed(client, note):
    url = address(note, "remove")
    page = page_of(client, url)
    HoldFactory(client=note.order.client)
    answer = client.post(url, hidden(page))
    assert answer.status_code == 200
    assert client.get(url).url == address(note.order.client, "inspect")
    assert Note.objects.exists()


@pytest.mark.parametrize("act", ["move", "remove"])
def test_nobody_but_its_author_sees_the_page(client, note, act):
    colleague = staff(Role.COUNSELLOR)
    AssignmentFactory(user=colleague, content_object=note.order.client)
    client.force_login(colleague)
    url = address(note, act)
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404
    assert Note.objects.exists()
