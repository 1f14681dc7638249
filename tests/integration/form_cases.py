"""Every form of the project that staff fill in, with a row and whoever may change or add it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client as Browser

from register.checks import registered_screens
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.screens import address
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    DocumentVersionFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    staff,
)

TODAY = today()
SCREENS = {type(screen).__name__: screen for screen in registered_screens()}


@dataclass(frozen=True)
class Row:
    """A row and whoever may change it."""

    make: Any
    role: Role
    fields: tuple[str, ...]


def order():
    OfficeFactory(active=False)
    ServiceFactory(active=False)
    return ServiceOrderFactory(starts_on=TODAY - timedelta(days=20), planned_end=TODAY)


def an_instruction():
    return DocumentVersionFactory(published_on=None).document


ROWS = {
    "ClientAdmin": Row(
        ClientFactory,
        Role.COUNSELLOR,
        ("name", "email", "phone", "home_municipality", "birth_year"),
    ),
    "ServiceOrderAdmin": Row(
        order,
        Role.COUNSELLOR,
        (
            "service",
            "specification",
            "manner",
            "office",
            "price",
            "starts_on",
            "planned_end",
            "long_validity_reason",
            "actual_end",
        ),
    ),
    "NoteAdmin": Row(
        lambda: NoteFactory(order=order()), Role.COUNSELLOR, ("kind", "met_on", "basis", "text")
    ),
    "ServiceAdmin": Row(ServiceFactory, Role.MAIN_USER, ("name", "price", "active")),
    "OfficeAdmin": Row(OfficeFactory, Role.MAIN_USER, ("name", "active")),
    "ProcessorAdmin": Row(
        ProcessorFactory,
        Role.MAIN_USER,
        (
            "name",
            "kind",
            "country",
            "hosting_country",
            "active",
            "contract_signed_on",
            "contract_valid_until",
            "security_assessed_on",
        ),
    ),
    "StaffMemberAdmin": Row(
        StaffMemberFactory,
        Role.MAIN_USER,
        (
            "agreement_signed_on",
            "law_trained_on",
            "law_valid_until",
            "practices_trained_on",
            "practices_valid_until",
            "suspended_from",
            "suspended_until",
            "next_suspended_from",
            "next_suspended_until",
        ),
    ),
    "StaffDocumentAdmin": Row(an_instruction, Role.MAIN_USER, ()),
    "AssignmentAdmin": Row(AssignmentFactory, Role.MAIN_USER, ("valid_from", "valid_until")),
}


def parent_of(name):
    """What a new row is added to, as the address says it."""
    row = order()
    AssignmentFactory(user=row.counsellor.user, content_object=row.client)
    row.counsellor.user.groups.add(Group.objects.get(name=Role.COUNSELLOR))
    query = {"ServiceOrderAdmin": f"?client={row.client.pk}", "NoteAdmin": f"?order={row.pk}"}
    return row.counsellor.user, query.get(name, "")


def changing():
    return {
        name
        for name, screen in SCREENS.items()
        if type(screen).change_object is not RegisterModelAdmin.change_object
    }


def adding():
    return {
        name
        for name, screen in SCREENS.items()
        if type(screen).add_object is not RegisterModelAdmin.add_object
    }


ADDED_BY = {
    "ClientAdmin": Role.COUNSELLOR,
    "ServiceOrderAdmin": Role.COUNSELLOR,
    "NoteAdmin": Role.COUNSELLOR,
    "ServiceAdmin": Role.MAIN_USER,
    "OfficeAdmin": Role.MAIN_USER,
    "ProcessorAdmin": Role.MAIN_USER,
    "StaffMemberAdmin": Role.MAIN_USER,
    "StaffHearingAdmin": Role.MAIN_USER,
    "AssignmentAdmin": Role.MAIN_USER,
    "StaffDocumentAdmin": Role.MAIN_USER,
    "HoldAdmin": Role.DATA_PROTECTION,
}


def opened(name, row):
    """Log in somebody who may change the row, and return the browser and the form's address."""
    user = staff(ROWS[name].role)
    about = {"ClientAdmin": lambda: row, "ServiceOrderAdmin": lambda: row.client}
    if name == "NoteAdmin":
        user = row.author.user
        user.groups.add(Group.objects.get(name=Role.COUNSELLOR))
        about["NoteAdmin"] = lambda: row.order.client
    if name in about:
        AssignmentFactory(user=user, content_object=about[name]())
    browser = Browser()
    browser.force_login(user)
    return browser, address(row, "edit")


def typed_texts(page):
    """The names of the controls into which a person writes."""
    return [
        bound.html_name
        for bound in page.context["form"]
        if (
            hasattr(bound.field.widget, "input_type")
            and bound.field.widget.input_type in ("text", "email", "tel", "number")
        )
        or bound.field.widget.__class__.__name__ == "Textarea"
    ]
