"""Which clients are a counsellor's own, each once (C33)."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from register.access.gate import visible
from register.models import Client, Note, ServiceOrder
from register.models.staff import Role
from tests.factories import AssignmentFactory, NoteFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)


def test_a_wrong_row_doubles_no_client(client):
    """SQLite has no exclusion constraint, and PostgreSQL may lose its own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE register_assignment DROP CONSTRAINT assignment_one_period_a_day"
            )
    counsellor, note = staff(Role.COUNSELLOR), NoteFactory()
    for _ in range(3):
        AssignmentFactory(user=counsellor, content_object=note.order.client)

    assert list(Client.objects.assigned_to(counsellor, on=TODAY)) == [note.order.client]
    for model, row in ((Client, note.order.client), (ServiceOrder, note.order), (Note, note)):
        rows = visible(model, to=counsellor, today=TODAY)
        assert list(rows) == [row]
        assert rows.count() == 1
    client.force_login(counsellor)
    for name in ("asiakkaat", "tilaukset", "muistiinpanot"):
        page = client.get(reverse(f"{name}_modeladmin_index"))
        assert len(page.context["object_list"]) == page.context["paginator"].count == 1
