"""The data protection contact reads the log of use, and that is logged too (C38)."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from register.domain.access_log import reading
from register.models import AccessLogEntry, Client
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import AssignmentFactory, staff

pytestmark = pytest.mark.django_db
INDEX = "kayttoloki_modeladmin_index"


def test_the_log_tells_who_read_what_and_is_logged_itself(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    reading.read(Client, to=counsellor, today=today(), view="client_list", action=Action.LIST)
    client.force_login(staff(Role.DATA_PROTECTION))
    page = client.get(reverse(INDEX)).content.decode()
    assert f"{counsellor.get_full_name()} ({counsellor.get_username()})" in page
    assert person.name not in page
    assert AccessLogEntry.objects.filter(model="register.AccessLogEntry").exists()


def test_an_entry_names_clients_by_opaque_ids(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    reading.read(Client, to=counsellor, today=today(), view="client_list")
    client.force_login(staff(Role.DATA_PROTECTION))
    entry = AccessLogEntry.objects.exclude(action="log_in").get()
    page = client.get(reverse("kayttoloki_modeladmin_inspect", args=[entry.pk])).content.decode()
    assert str(person.pk) in page
    assert person.name not in page


@pytest.mark.parametrize("view", ["index", "inspect"])
def test_two_of_one_name_are_told_apart_by_their_user_names(client, view):
    for _ in range(2):
        user = staff(Role.COUNSELLOR)
        user.first_name, user.last_name = "Aino", "Ohjaaja"
        user.save()
        AssignmentFactory(user=user)
        reading.read(Client, to=user, today=today(), view="client_list")
    user.first_name = user.last_name = ""
    user.save()
    client.force_login(staff(Role.DATA_PROTECTION))
    other, nameless = list(AccessLogEntry.objects.exclude(action="log_in").order_by("pk"))
    pages = {
        entry: client.get(
            reverse(f"kayttoloki_modeladmin_{view}", args=[entry.pk] * (view == "inspect"))
        ).content.decode()
        for entry in (other, nameless)
    }
    login = get_user_model().objects.get(pk=other.actor).get_username()
    assert f"Aino Ohjaaja ({login})" in pages[other]
    assert re.search(rf">\s*{user.get_username()}\s*<", pages[nameless])


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_nobody_else_reads_the_log(client, role):
    client.force_login(staff(role))
    assert client.get(reverse(INDEX)).status_code == 404
