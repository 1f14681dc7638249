"""Role × object × view of all about the staff and the log, through real addresses (C30–C38)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from register.domain.staff import documents
from register.models import StaffDocument, StaffHearing, StaffMember
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.staff.own_record import NAME as OWN_RECORD
from tests.factories import (
    AcknowledgementFactory,
    DocumentVersionFactory,
    StaffHearingFactory,
    StaffMemberFactory,
)
from tests.forms import open_form
from tests.integration.conftest import ACTORS, leaks
from tests.integration.test_matrix import CONTACTS, GIVING_CLIENTS, refused

pytestmark = pytest.mark.django_db
ACTOR = pytest.mark.parametrize("actor", ACTORS)
OUTSIDE = {"suspended", "superuser", "user without staff record", "anonymous"}
STAFF = set(ACTORS) - OUTSIDE
MAIN_USERS = GIVING_CLIENTS
WRITERS = MAIN_USERS | CONTACTS


def answers(actor, response, allowed):
    """Whether the answer is as it should be: the page, or that there is no such page."""
    assert (response.status_code == 200) == (actor in allowed), actor
    assert actor in allowed or refused(response)


@ACTOR
def test_accounts_are_the_main_users(actor, case, log_in):
    member = StaffMemberFactory(user__last_name="Salamyhkäinen")
    visitor = log_in(actor)
    for url in (
        address(StaffMember, "index"),
        address(StaffMember, "create"),
        *(address(member, name) for name in ("inspect", "edit", "history", "link")),
    ):
        response = visitor.get(url)
        answers(actor, response, MAIN_USERS)
        assert actor in MAIN_USERS or "Salamyhkäinen" not in response.content.decode()
    before = StaffMember.objects.get(pk=member.pk).version
    for name in ("edit", "link"):
        visitor.post(address(member, name), {"first_name": "Toinen", "seen": before})
    if actor not in MAIN_USERS:
        assert StaffMember.objects.get(pk=member.pk).version == before


@ACTOR
def test_hearings_are_recorded_by_main_user_and_contact(actor, case, log_in):
    hearing = StaffHearingFactory()
    visitor = log_in(actor)
    answers(actor, visitor.get(address(StaffHearing, "index")), WRITERS)
    answers(actor, visitor.get(address(StaffHearing, "create")), WRITERS)
    answers(actor, visitor.get(address(hearing, "delete")), WRITERS)
    day = timezone.localdate()
    visitor.post(address(StaffHearing, "create"), {"held_on": f"{day.day}.{day.month}.{day.year}"})
    assert (StaffHearing.objects.count() == 2) == (actor in WRITERS)


@ACTOR
def test_documents_are_read_by_all_and_written_by_two_roles(actor, case, log_in):
    version = DocumentVersionFactory(text="Lukitse kaappi.")
    draft = DocumentVersionFactory(published_on=None, text="Keskeneräinen ajatus.").document
    visitor = log_in(actor)
    answers(actor, visitor.get(address(version.document, "read")), STAFF)
    answers(actor, visitor.get(address(version.document, "versions")), STAFF)
    answers(actor, visitor.get(address(version.document, "acknowledged")), WRITERS)
    answers(actor, visitor.get(address(version.document, "edit")), WRITERS)
    for name in ("inspect", "versions"):
        response = visitor.get(address(draft, name))
        answers(actor, response, WRITERS)
        assert actor in WRITERS or "Keskeneräinen" not in response.content.decode()
    url = address(version.document, "edit")
    if actor in WRITERS:
        open_form(visitor, url).send(visitor, title="Uusi", text="Uusi.")
    else:
        visitor.post(url, {"title": "Uusi", "text": "Uusi.", "seen": 1})
    newest = documents.newest_version(version.document)
    assert (newest != version) == (actor in WRITERS)


@ACTOR
def test_nobody_says_for_another_that_something_was_read(actor, case, log_in):
    other = AcknowledgementFactory()
    visitor = log_in(actor)
    visitor.get(address(other.document_version.document, "read"))
    visitor.post(address(other.document_version.document, "read"), {"number": "1"})
    other.refresh_from_db()
    assert not other.is_given
    given = other.document_version.acknowledgements.given().count()
    assert given == (actor in STAFF)


@ACTOR
def test_ones_own_record_is_for_each_of_the_staff(actor, case, log_in):
    other = StaffMemberFactory(user__last_name="Salamyhkäinen")
    AcknowledgementFactory(member=other)
    response = log_in(actor).get(reverse(OWN_RECORD))
    answers(actor, response, STAFF)
    assert "Salamyhkäinen" not in response.content.decode()
    assert not leaks(response)


@ACTOR
def test_the_log_of_use_is_the_contacts(actor, case, log_in):
    visitor = log_in(actor)
    url = reverse("kayttoloki_modeladmin_index")
    asked = {"client": case.subject.register_number}
    for response in (visitor.get(url), visitor.post(url, asked)):
        assert response.status_code in (200, 302) if actor in CONTACTS else refused(response)
        assert not leaks(response)


@ACTOR
def test_who_used_a_clients_data_is_for_the_contact_in_the_matter(actor, case, log_in):
    response = log_in(actor).get(address(case.subject, "uses"))
    answers(actor, response, {"contact in matter", "counsellor and contact"})


@ACTOR
def test_factors_and_sessions_are_ones_own(actor, case, log_in):
    response = log_in(actor).get("/admin/vahvistus/")
    assert response.status_code == 200 if actor in STAFF | {"superuser"} else refused(response)
    assert not leaks(response)


def test_a_document_that_was_withdrawn_is_asked_of_nobody(case, log_in):
    document = DocumentVersionFactory().document
    StaffDocument.objects.filter(pk=document.pk).update(withdrawn_on=today())
    assert log_in("owner").get(address(document, "read")).status_code == 302
