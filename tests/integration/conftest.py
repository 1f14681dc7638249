"""One client, and everyone who might want to look."""

import os
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    UserFactory,
    staff,
)
from tests.integration.other_processes import OtherProcesses

NAME = "Salainen Nimismies"
EMAIL = "salainen.osoite@example.org"
SECRETS = (NAME, EMAIL, "salainen muistiinpano", "salainen tarkennus")


@dataclass
class Case:
    """A client with an order, a note and a history, and the actors by name."""

    owner: object
    subject: object
    order: object
    note: object

    def objects(self):
        return {
            "asiakkaat": self.subject,
            "tilaukset": self.order,
            "muistiinpanot": self.note,
        }


@pytest.fixture
def case(db):
    owner = staff(Role.COUNSELLOR)
    subject = ClientFactory(name=NAME, email=EMAIL)
    AssignmentFactory(user=owner, content_object=subject)
    order = ServiceOrderFactory(
        client=subject,
        counsellor=owner.staff_member,
        specification="salainen tarkennus",
        starts_on=timezone.localdate() - timedelta(days=10),
        planned_end=timezone.localdate() + timedelta(days=30),
    )
    note = NoteFactory(order=order, text="salainen muistiinpano", met_on=timezone.localdate())
    return Case(owner=owner, subject=subject, order=order, note=note)


def colleague(case):
    """A counsellor with a client of their own."""
    user = staff(Role.COUNSELLOR)
    AssignmentFactory(user=user)
    return user


def formerly_assigned(case):
    user = staff(Role.COUNSELLOR)
    AssignmentFactory(
        user=user,
        content_object=case.subject,
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    return user


def assigned_from_tomorrow(case):
    user = staff(Role.COUNSELLOR)
    AssignmentFactory(
        user=user,
        content_object=case.subject,
        valid_from=timezone.localdate() + timedelta(days=1),
    )
    return user


def assigned_without_role(case):
    user = staff(Role.BILLING)
    AssignmentFactory(user=user, content_object=case.subject)
    return user


def untrained(case):
    user = staff(Role.COUNSELLOR, law_trained_on=None)
    AssignmentFactory(user=user, content_object=case.subject)
    return user


def without_agreement(case):
    user = staff(Role.COUNSELLOR, agreement_signed_on=None)
    AssignmentFactory(user=user, content_object=case.subject)
    return user


def suspended(case):
    user = staff(Role.COUNSELLOR, suspended_from=date(2020, 1, 1))
    AssignmentFactory(user=user, content_object=case.subject)
    return user


def contact_in_matter(case):
    HoldFactory(client=case.subject)
    return staff(Role.DATA_PROTECTION)


def counsellor_and_contact(case):
    """Sees the client by the hold only, and so changes nothing, though a counsellor."""
    HoldFactory(client=case.subject)
    return staff(Role.COUNSELLOR, Role.DATA_PROTECTION)


ACTORS = {
    "owner": lambda case: case.owner,
    "colleague": colleague,
    "formerly assigned": formerly_assigned,
    "assigned from tomorrow": assigned_from_tomorrow,
    "assigned without role": assigned_without_role,
    "untrained": untrained,
    "without agreement": without_agreement,
    "suspended": suspended,
    "billing": lambda case: staff(Role.BILLING),
    "editor": lambda case: staff(Role.EDITOR),
    "main user": lambda case: staff(Role.MAIN_USER),
    "contact": lambda case: staff(Role.DATA_PROTECTION),
    "contact in matter": contact_in_matter,
    "counsellor and contact": counsellor_and_contact,
    "all roles, no client": lambda case: staff(*Role),
    "superuser": lambda case: get_user_model().objects.create_superuser("root", "r@example.org"),
    "user without staff record": lambda case: UserFactory(),
    "anonymous": lambda case: None,
}
SEES = {"owner", "contact in matter", "counsellor and contact"}
WRITES = {"owner"}


@pytest.fixture
def log_in(client, case):
    """Log a named actor in; return the client."""

    def enter(name):
        user = ACTORS[name](case)
        if user is not None:
            client.force_login(user)
        return client

    return enter


def leaks(response):
    """Return the secrets that a response gives away."""
    content = b"".join(response) if response.streaming else response.content
    text = content.decode(errors="replace") + str(response.headers)
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def other_processes(transactional_db, tmp_path, private_dir):
    return OtherProcesses(tmp_path, private_dir)


@pytest.fixture
def empty_database(transactional_db):
    """The name of a database of its own: an empty one, or an SQLite file that is not yet made."""
    if connection.vendor == "sqlite":
        yield "empty.sqlite3"
        return
    name = f"empty_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
