"""An object's history: who changed which of its fields, and when (C38)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain import processors
from register.domain.billing import downloads, exporting
from register.domain.clients import assignments, records
from register.domain.orders import catalogue, notes, orders
from register.domain.retention import holds
from register.domain.staff.roles import set_roles
from register.models import RegisterLogEntry
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def received_batch(how):
    ProcessorFactory()
    ServiceOrderFactory(starts_on=date(2026, 1, 2), actual_end=date(2026, 6, 1))
    batch = exporting.export(today=TODAY, by=SYSTEM)
    downloads.mark_received(batch=batch, **how)
    return batch


def own(how, make, path=""):
    row = make(**({"author": how["by"].staff_member} if make is NoteFactory else {}))
    client = row
    for step in path.split():
        client = getattr(client, step)
    AssignmentFactory(user=how["by"], content_object=client)
    return row


def changed(row, verb, how, *, named=None, **wanted):
    verb(*([] if named else [row]), **({named: row} if named else {}), **wanted, **how)
    return row


def client(how):
    row = own(how, ServiceOrderFactory, "client").client
    return changed(
        row, records.change, how, named="client", changes={"email": "salainen@example.org"}
    )


def order(how):
    row = own(how, ServiceOrderFactory, "client")
    changes = {"planned_end": date(2027, 6, 1), "specification": "salainen"}
    return changed(row, orders.change_order, how, named="order", changes=changes)


def note(how):
    row = own(how, NoteFactory, "order client")
    return changed(row, notes.change_note, how, named="note", changes={"text": "salainen"})


def hold(how):
    return changed(HoldFactory(), holds.release, how, named="hold")


def assignment(how):
    row = AssignmentFactory()
    dates = {"valid_from": row.valid_from, "valid_until": date(2100, 1, 1)}
    return changed(row, assignments.set_dates, how, named="assignment", **dates)


def member(how):
    row = StaffMemberFactory()
    return changed(row, set_roles, how, named="member", roles=[Role.BILLING])


def service(how):
    return changed(ServiceFactory(), catalogue.change, how, changes={"price": 1})


def office(how):
    return changed(OfficeFactory(), catalogue.change, how, changes={"active": False})


def processor(how):
    return changed(ProcessorFactory(), processors.change, how, changes={"active": False})


@pytest.mark.parametrize(
    ("make", "role", "name", "told"),
    [
        (client, Role.COUNSELLOR, "asiakkaat", ["Muokattu", "Sähköpostiosoite"]),
        (order, Role.COUNSELLOR, "tilaukset", ["Muokattu", "Voimassa asti, tarkennus"]),
        (note, Role.COUNSELLOR, "muistiinpanot", ["Muokattu", "Muistiinpano"]),
        (hold, Role.DATA_PROTECTION, "poistolykkaykset", ["Lykkäys purettu", "Purettu"]),
        (assignment, Role.MAIN_USER, "kohdistukset", ["Asiakasvastuu annettu", "Voimassa asti"]),
        (member, Role.MAIN_USER, "henkilosto", ["Muokattu", "Roolit: – → Laskutus"]),
        (service, Role.MAIN_USER, "palvelut", ["Muokattu", "Hinta"]),
        (office, Role.MAIN_USER, "toimipaikat", ["Muokattu", "Käytössä"]),
        (processor, Role.MAIN_USER, "kasittelijat", ["Muokattu", "Käytössä"]),
        (
            received_batch,
            Role.BILLING,
            "siirtoerat",
            ["Luovutettu", "Järjestelmä", "Vastaanotettu, tila"],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_it_shows_who_changed_which_fields_and_when(client, make, role, name, told):
    by = staff(role)
    client.force_login(by)
    row = make({"seen": None, "by": by, "today": TODAY})
    page = client.get(reverse(f"{name}_modeladmin_history", args=[row.pk])).content.decode()
    at = timezone.localtime(RegisterLogEntry.objects.latest("pk").timestamp)
    for words in (by.get_full_name(), f"{at.day}.{at.month}.{at.year}", *told):
        assert words in page
    assert "salainen" not in page


@pytest.mark.parametrize("name", ["palvelut", "toimipaikat", "kasittelijat", "henkilosto"])
def test_a_screen_shows_no_version(client, name):
    client.force_login(staff(Role.MAIN_USER))
    make = {
        "palvelut": ServiceFactory,
        "toimipaikat": OfficeFactory,
        "kasittelijat": ProcessorFactory,
        "henkilosto": StaffMemberFactory,
    }[name]
    page = client.get(reverse(f"{name}_modeladmin_inspect", args=[make().pk]))
    assert "version" not in {str(label).lower() for label, _value in page.context["details"]}
