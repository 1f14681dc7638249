"""Every screen that changes, adds, acts or deletes answers to who came in between."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from register.domain import feedback
from register.models import AccessLogEntry, Assignment, ServiceOrder, StaffMember
from register.models.staff import Role, named
from register.text import days
from register.wagtail_admin.base import RegisterModelAdmin, screens
from register.wagtail_admin.base.words import moment
from register.wagtail_admin.clients.assignments import AssignmentAdmin
from register.wagtail_admin.clients.screens import ClientAdmin
from register.wagtail_admin.feedback import FeedbackAdmin
from register.wagtail_admin.orders.catalogue import OfficeAdmin, ServiceAdmin
from register.wagtail_admin.orders.notes import NoteAdmin
from register.wagtail_admin.orders.orders import ServiceOrderAdmin
from register.wagtail_admin.processors import ProcessorAdmin
from register.wagtail_admin.staff.documents import StaffDocumentAdmin
from register.wagtail_admin.staff.hearings import StaffHearingAdmin
from register.wagtail_admin.staff.screens import StaffMemberAdmin
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffHearingFactory,
    StaffMemberFactory,
    staff,
)
from tests.forms import form_of, open_form

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def iso(days):
    return f"{TODAY + timedelta(days=days):%Y-%m-%d}"


def words(days):
    day = TODAY + timedelta(days=days)
    return f"{day.day}.{day.month}.{day.year}"


def as_shown(typed):
    """Days are typed here as the browser's own field sends them, and shown as they are written."""
    return (
        days.written(date.fromisoformat(typed))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", typed)
        else typed
    )


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A screen that changes a row, and two changes of different fields.

    Attributes:
        one: the first person's change: field, value typed, as it reads before and after.
        other: the second person's change: field, value typed.
    """

    make: Any
    role: Role
    one: tuple[str, str, str, str]
    other: tuple[str, str]
    of: dict[str, Any] = field(default_factory=dict)


def order():
    return ServiceOrderFactory(
        starts_on=TODAY - timedelta(days=20), planned_end=TODAY + timedelta(days=20)
    )


EDITED = {
    ClientAdmin: Screen(
        make=lambda: ClientFactory(name="Vanha Nimi"),
        role=Role.COUNSELLOR,
        one=("name", "Uusi Nimi", "Vanha Nimi", "Uusi Nimi"),
        other=("email", "toinen@example.org"),
    ),
    ServiceOrderAdmin: Screen(
        make=order,
        role=Role.COUNSELLOR,
        one=("planned_end", iso(200), words(20), words(200)),
        other=("specification", "Pitkä ja harkittu."),
    ),
    NoteAdmin: Screen(
        make=lambda: NoteFactory(order=order(), met_on=TODAY - timedelta(days=2)),
        role=Role.COUNSELLOR,
        one=("met_on", iso(-1), words(-2), words(-1)),
        other=("text", "Pitkä ja harkittu."),
    ),
    ServiceAdmin: Screen(
        make=lambda: ServiceFactory(name="Vanha nimi"),
        role=Role.MAIN_USER,
        one=("name", "Uusi nimi", "Vanha nimi", "Uusi nimi"),
        other=("price", "99,00"),
    ),
    OfficeAdmin: Screen(
        make=lambda: OfficeFactory(name="Vantaa"),
        role=Role.MAIN_USER,
        one=("active", None, "Kyllä", "Ei"),
        other=("name", "Espoo"),
    ),
    ProcessorAdmin: Screen(
        make=lambda: ProcessorFactory(country="FI", kind="mail"),
        role=Role.MAIN_USER,
        one=("kind", "hosting", "Sähköposti", "Palvelinylläpito"),
        other=("name", "Pitkä Nimi Oy"),
    ),
    StaffMemberAdmin: Screen(
        make=lambda: StaffMemberFactory(user__first_name="Vanha"),
        role=Role.MAIN_USER,
        one=("first_name", "Uusi", "Vanha", "Uusi"),
        other=("agreement_signed_on", "2021-05-06"),
    ),
    AssignmentAdmin: Screen(
        make=lambda: AssignmentFactory(valid_from=date(2100, 1, 2)),
        role=Role.MAIN_USER,
        one=("valid_until", "2100-06-30", "–", "30.6.2100"),
        other=("valid_from", "2100-03-04"),
    ),
}
SCREENS = pytest.mark.parametrize("screen", EDITED, ids=lambda screen: screen.__name__)


def all_screens(cls=RegisterModelAdmin):
    for screen in cls.__subclasses__():
        yield screen
        yield from all_screens(screen)


def address(screen, action, row):
    return screens.address(screen.model, action, row.pk)


def people(screen, row):
    """Two people who may both change the row."""
    both = [
        staff(EDITED[screen].role, user__first_name=name, user__last_name="Testaaja")
        for name in ("Eero", "Aino")
    ]
    for model, path in ((ClientAdmin, ""), (ServiceOrderAdmin, "client"), (NoteAdmin, "order")):
        if screen is model:
            about = row if not path else row.client if path == "client" else row.order.client
            for user in both:
                AssignmentFactory(user=user, content_object=about)
    return both


@pytest.fixture
def browsers():
    return Client(), Client()


@pytest.fixture
def opened(browsers):
    """Open the form in two browsers; a note, which is its author's, in two of one's own."""

    def open_twice(screen):
        row = EDITED[screen].make()
        eero, aino = people(screen, row)
        if screen is NoteAdmin:
            row.author = eero.staff_member
            row.save()
            aino = eero
        for browser, user in zip(browsers, (eero, aino), strict=True):
            browser.force_login(user)
        url = address(screen, "edit", row)
        return row, [open_form(browser, url) for browser in browsers]

    return open_twice


def test_each_screen_that_changes_something_is_tried_here():
    changing = {
        screen
        for screen in all_screens()
        if screen.change_object is not RegisterModelAdmin.change_object and screen.model
    }
    # Its words are those of its newest version: tests/register/wagtail_admin/staff/.
    assert set(EDITED) == changing - {StaffDocumentAdmin}


@SCREENS
def test_the_second_sees_who_when_and_both_values_and_loses_nothing(screen, opened, browsers):
    case = EDITED[screen]
    row, (first, second) = opened(screen)
    assert first.send(browsers[0], **{case.one[0]: case.one[1]}).status_code == 302

    told = second.send(browsers[1], **{case.other[0]: case.other[1]})

    assert told.status_code == 200
    name, _typed, before, after = case.one
    (message,) = told.context["form"].errors[name]
    changed = AccessLogEntry.objects.filter(model=screen.model._meta.label, details__version__gt=1)
    entry = changed.latest("pk")
    when, eero = moment(entry.at), get_user_model().objects.get(pk=entry.actor)
    assert message == (
        f"{named(eero)} muutti tätä {when}: rekisterissä on nyt ”{after}”, "
        f"ja sivullasi oli vielä ”{before}”."
    )
    page = form_of(told)
    assert page.data[case.other[0]] == [case.other[1]]

    assert page.send(browsers[1]).status_code == 302
    now = open_form(browsers[1], address(screen, "edit", row)).data
    assert now[case.other[0]] == [as_shown(case.other[1])]
    assert now[name] == ([] if case.one[1] is None else [as_shown(case.one[1])])


@SCREENS
def test_what_was_typed_into_a_page_of_an_erased_row_is_given_back(screen, opened, browsers):
    case = EDITED[screen]
    row, (form, _) = opened(screen)
    erase(row)
    answer = form.send(browsers[0], **{case.other[0]: case.other[1]})
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "Poistettu sillä välin" in text
    typed = case.other[1]
    if typed[:4].isdigit():
        year, month, day = typed.split("-")
        typed = f"{int(day)}.{int(month)}.{year}"
    assert typed in text
    assert "no-store" in answer["Cache-Control"]


@SCREENS
def test_an_erased_row_that_was_never_seen_is_like_one_that_never_was(screen, opened, browsers):
    row, (form, _) = opened(screen)
    erase(row)
    for seal in (None, "", "x"):
        answer = form.send(browsers[0], seen=seal)
        assert answer.status_code == 404
        assert "Poistettu" not in answer.content.decode()
    assert browsers[0].get(form.address).status_code == 404


@SCREENS
def test_a_row_that_is_not_ones_own_any_more_gives_back_what_was_typed(screen, opened, browsers):
    case = EDITED[screen]
    _row, (form, _) = opened(screen)
    StaffMember.objects.update(law_trained_on=None, agreement_signed_on=None)
    Assignment.objects.filter(valid_from__lt=TODAY).update(valid_until=TODAY - timedelta(days=1))
    answer = form.send(browsers[0], **{case.other[0]: "Harkittu teksti"})
    if screen is StaffMemberAdmin:  # open to the main user without training (C31)
        assert answer.status_code == 200
        return
    assert answer.status_code == 404
    assert "Harkittu teksti" in answer.content.decode()


def erase(row):
    """Erase a row behind the screens' back, with what is in its way."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    if isinstance(row, ServiceOrder):
        row.notes.all()._raw_delete("default")
    Assignment._base_manager.all()._raw_delete("default") if hasattr(row, "assignments") else None
    rows._raw_delete("default")


def without_tokens(answer):
    """Return an answer's text without what is random in every page."""
    return re.sub(r'(csrf\w*"?[:=] ?)"\w+"', r"\1", answer.content.decode(), flags=re.I)


# --- adding


def test_a_note_on_an_order_that_is_gone_or_closed_is_given_back(client):
    counsellor = staff(Role.COUNSELLOR)
    client.force_login(counsellor)
    own = AssignmentFactory(user=counsellor)
    parent = ServiceOrderFactory(client=own.content_object, starts_on=TODAY)
    form = open_form(client, f"{reverse('muistiinpanot_modeladmin_create')}?order={parent.pk}")
    own.valid_until = date(2026, 1, 1)
    own.save()
    closed = form.send(client, text="Pitkä ja harkittu.", basis="told_by_client")
    ServiceOrder.objects.all().delete()
    gone = form.send(client, text="Pitkä ja harkittu.", basis="told_by_client")
    for answer in (closed, gone):
        assert answer.status_code == 404
        text = answer.content.decode()
        assert "Pitkä ja harkittu." in text
        assert "Asiakkaan kertoma" in text
    assert without_tokens(closed) == without_tokens(gone)


def test_a_new_client_is_given_back_whole(client):
    counsellor = staff(Role.COUNSELLOR)
    service, office = ServiceFactory(name="Uraohjaus"), OfficeFactory(name="Vantaa")
    client.force_login(counsellor)
    form = open_form(client, reverse("asiakkaat_modeladmin_create"))
    StaffMember.objects.update(law_trained_on=None)
    answer = form.send(
        client, name="Uusi Asiakas", service=service.pk, office=office.pk, manner="remote"
    )
    text = answer.content.decode()
    assert answer.status_code == 404
    assert all(typed in text for typed in ("Uusi Asiakas", "Uraohjaus", "Vantaa", "Etäpalvelu"))


def test_a_forbidden_and_a_missing_row_give_back_alike(client):
    client.force_login(staff(Role.COUNSELLOR))
    forbidden, missing = ClientFactory(), ClientFactory.build()
    answers = [
        client.post(address(ClientAdmin, "edit", row), {"name": "Kirjoitettu"})
        for row in (forbidden, missing)
    ]
    assert answers[0].status_code == answers[1].status_code == 404
    assert without_tokens(answers[0]) == without_tokens(answers[1])
    assert "Kirjoitettu" in answers[0].content.decode()


# --- deleting

DELETED = {
    ServiceAdmin: ServiceFactory,
    OfficeAdmin: OfficeFactory,
    ProcessorAdmin: ProcessorFactory,
    StaffHearingAdmin: StaffHearingFactory,
}
# Spam is the counsellors', and is never changed: tests/register/wagtail_admin/test_feedback.py.
NEVER_CHANGED = {FeedbackAdmin}
DELETIONS = pytest.mark.parametrize("screen", DELETED, ids=lambda screen: screen.__name__)


def test_each_screen_that_deletes_is_tried_here():
    assert set(DELETED) | NEVER_CHANGED == {
        screen
        for screen in all_screens()
        if screen.delete_object is not RegisterModelAdmin.delete_object and screen.model
    }


@pytest.mark.parametrize("screen", [*DELETED, *NEVER_CHANGED], ids=lambda each: each.__name__)
def test_a_deletion_says_what_is_lost_on_a_page_of_its_own(screen, client):
    answer = [["Mitä?", "Osta"]]
    make = DELETED.get(screen, lambda: feedback.receive(answers=answer, today=TODAY))
    row = make()
    client.force_login(staff(Role.MAIN_USER, Role.COUNSELLOR))
    page = BeautifulSoup(client.get(address(screen, "delete", row)).content, "html.parser")
    told = page.select(".register-confirm li")
    assert len(told) >= 3
    assert "eikä sitä voi palauttaa" in told[0].get_text()
    assert screen().title_of(row) in page.select_one(".register-confirm h2").get_text()
    assert screen.model.objects.filter(pk=row.pk).exists()


@DELETIONS
def test_what_somebody_changed_is_not_deleted_unseen(screen, client):
    row = DELETED[screen]()
    client.force_login(staff(Role.MAIN_USER))
    form = open_form(client, address(screen, "delete", row), "main form")
    row.save()
    answer = form.send(client)
    assert answer["Location"] == address(screen, "inspect", row)
    assert screen.model.objects.filter(pk=row.pk).exists()

    form = open_form(client, form.address, "main form")
    assert form.send(client).status_code == 302
    assert not screen.model.objects.filter(pk=row.pk).exists()
    assert form.send(client).status_code == 410
