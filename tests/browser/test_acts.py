"""C16, C18, C44: acts on the client's card: fit for a phone, fit for axe, and counted."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from register.models import Note, ServiceOrder
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from tests.browser.conftest import SIZES
from tests.browser.counting import Cost, Counter
from tests.factories import AssignmentFactory, NoteFactory, ServiceFactory, ServiceOrderFactory
from tests.factories import staff as a_member
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order():
    me = a_member(Role.COUNSELLOR)
    order = ServiceOrderFactory(
        service=ServiceFactory(name="Uraohjaus"),
        counsellor=me.staff_member,
        starts_on=date(today().year - 1, 1, 2),
        planned_end=date(today().year, 12, 31),
    )
    AssignmentFactory(user=me, content_object=order.client)
    return order


@pytest.fixture
def card(new_page, order):
    def open_card(width=1440):
        page = new_page(width)
        page.set_default_timeout(20_000)
        page.goto("/admin/login/")
        page.fill("[name=username]", order.counsellor.user.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        page.goto(address(order.client, "inspect"))
        return page

    return open_card


def check(page):
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_from_the_card_prolonging_and_ending_take_two_clicks_and_one_page(card, order):
    page = card()
    act = Counter(page)
    act.click("summary:has-text('Pidennä')")
    check(page)
    act.click("button:has-text('6 kk')")
    page.wait_for_selector("text=Uraohjaus on voimassa")
    assert act.cost() == Cost(2, 0, 1)
    act = Counter(page)
    act.click("summary:has-text('Merkitse päättyneeksi')")
    check(page)
    act.click("button:has-text('Merkitse päättyneeksi')")
    page.wait_for_selector("text=Uraohjaus päättyi")
    assert act.cost() == Cost(2, 0, 1)
    assert ServiceOrder.objects.get().actual_end == today()


def test_a_note_without_its_basis_comes_back_with_what_was_typed(card, order):
    page = card(390)
    page.fill("[name=text]:visible", "Keksitty.")
    page.click(".register-note-box button[type=submit]")
    page.wait_for_selector(".w-field__errors .error-message")
    assert page.input_value("[name=text]") == "Keksitty."
    assert not Note.objects.exists()
    check(page)


@pytest.mark.parametrize("act", ["prolong", "end", "cancel"])
def test_the_page_of_an_act_is_fit(card, order, act):
    page = card()
    page.goto(address(order, act))
    check(page)


@pytest.mark.parametrize("act", ["move", "remove"])
def test_the_page_of_a_wrong_note_is_fit(card, order, act):
    note = NoteFactory(order=order, met_on=today())
    page = card()
    page.goto(address(note, act))
    check(page)
