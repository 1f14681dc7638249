"""The data protection contact reads the log of use, and that is logged too (C38)."""

import pytest
from django.urls import reverse

from register.domain import access_log
from register.enums import Action, Role
from register.models import AccessLogEntry, Client
from tests.factories import AssignmentFactory, staff

pytestmark = pytest.mark.django_db
INDEX = "kayttoloki_modeladmin_index"


def test_the_log_tells_who_read_what_and_is_logged_itself(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    access_log.read(Client, to=counsellor, view="client_list", action=Action.LIST)
    client.force_login(staff(Role.DATA_PROTECTION))
    page = client.get(reverse(INDEX)).content.decode()
    assert counsellor.get_full_name() in page
    assert person.name not in page
    assert AccessLogEntry.objects.filter(model="register.AccessLogEntry").exists()


def test_an_entry_names_clients_by_opaque_ids(client):
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    access_log.read(Client, to=counsellor, view="client_list")
    client.force_login(staff(Role.DATA_PROTECTION))
    entry = AccessLogEntry.objects.first()
    page = client.get(reverse("kayttoloki_modeladmin_inspect", args=[entry.pk])).content.decode()
    assert str(person.pk) in page
    assert person.name not in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_nobody_else_reads_the_log(client, role):
    client.force_login(staff(role))
    assert client.get(reverse(INDEX)).status_code == 404
