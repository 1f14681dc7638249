"""Two people at one row, in a real browser: what the second sees, and what is lost: nothing."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client as Visitor
from django.urls import reverse
from django.utils import timezone

from register.domain.orders import notes
from register.models import Assignment, Note, ServiceOrder
from register.models.staff import Role
from tests.browser.test_finnish import english
from tests.factories import AssignmentFactory, NoteFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = pytest.mark.parametrize("width", [390, 1440])
TODAY = timezone.localdate()
TEXT = "Keskusteltiin hakemuksesta.\n\n- ensin näin\n- sitten noin\n" + "Pitkä kappale. " * 40
SAVE = "footer [type=submit]"


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR, user__first_name="Aino", user__last_name="Ohjaaja")


@pytest.fixture
def note(aino):
    note = NoteFactory(
        order=ServiceOrderFactory(
            starts_on=TODAY - timedelta(days=20), planned_end=TODAY + timedelta(days=20)
        ),
        author=aino.staff_member,
        met_on=TODAY - timedelta(days=2),
        text=TEXT.strip(),
    )
    AssignmentFactory(user=aino, content_object=note.order.client)
    return note


@pytest.fixture
def enter(new_page, live_server):
    def open_as(user, width):
        visitor, page = Visitor(), new_page(width)
        visitor.force_login(user)
        cookie = {"name": "sessionid", "value": visitor.cookies["sessionid"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        return page

    return open_as


def is_in_order(page, width):
    assert not english(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Half faded in, a message has too little contrast.
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    assert not Axe().run(page, context="main").response["violations"]


@WIDTHS
def test_the_other_s_change_is_told_and_the_second_save_keeps_both(enter, aino, note, width):
    page = enter(aino, width)
    page.goto(reverse("muistiinpanot_modeladmin_edit", args=[note.pk]))
    changes = {"met_on": TODAY - timedelta(days=1)}
    notes.change_note(note=note, changes=changes, seen=None, by=aino, today=TODAY)
    page.check("[name=basis][value=arose_in_delivery]")
    page.locator(SAVE).first.click()

    page.wait_for_selector(".error-message")
    # The text of many lines, which nobody changed, is no difference.
    (told,) = page.locator(".error-message").all_inner_texts()
    assert told.startswith("Aino Ohjaaja (")
    is_in_order(page, width)

    page.locator(SAVE).first.click()
    page.wait_for_url("**/asiakkaat/inspect/**")
    note = Note.objects.get()
    assert (note.met_on, note.basis) == (TODAY - timedelta(days=1), "arose_in_delivery")
    assert note.text.split() == TEXT.split()


@WIDTHS
@pytest.mark.parametrize("gone", ["erased", "closed"])
def test_what_was_typed_is_given_back(enter, aino, note, width, gone):
    page = enter(aino, width)
    page.goto(reverse("muistiinpanot_modeladmin_edit", args=[note.pk]))
    page.fill("[name=text]", TEXT + "Harkittu loppu.")
    if gone == "erased":
        ServiceOrder.objects.all().delete()
    else:
        Assignment.objects.all().delete()
    page.locator(SAVE).first.click()
    page.wait_for_selector(".register-details--typed")
    assert "Harkittu loppu." in page.inner_text("main")
    assert ("Poistettu sillä välin" in page.inner_text("main")) == (gone == "erased")
    is_in_order(page, width)
