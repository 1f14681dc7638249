"""C36: the end of a session is told in time, and what was typed outlives it for its own person."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from register.access import sessions
from register.models.staff import Role
from tests.factories import ProcessorFactory, staff
from tests.factories.staff import PASSWORD
from tests.factors import with_app

pytestmark = pytest.mark.django_db(transaction=True)
WARNING = "[role=alertdialog]"
TYPED = "Kesken jäänyt Oy"


class Clock:
    """Goes ahead for the server and for the page."""

    def __init__(self, monkeypatch):
        self.ahead = 0
        monkeypatch.setattr(sessions, "_now", lambda: int(time.time()) + self.ahead)

    def goes_on(self, page, minutes):
        self.ahead += minutes * 60
        page.clock.fast_forward(minutes * 60 * 1000)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def typing(any_page):
    """A main user who has begun to type the name of a processor, and the page."""
    person, page = staff(Role.MAIN_USER), any_page
    processor = ProcessorFactory()
    page.clock.install()
    log_in(page, person.username)
    page.goto(f"/admin/kasittelijat/edit/{processor.pk}/")
    # The page asks whose it is; before the answer it would not know that a session has ended.
    with page.expect_response("**/admin/session/") as answered:
        page.clock.fast_forward(16_000)
    answered.value.finished()
    page.fill("[name=name]", TYPED)
    return page, person, processor


def log_in(page, username):
    page.goto("/admin/login/")
    assert page.locator("[name=remember]").count() == 0
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


def again(page, username):
    page.fill(f"{WARNING} [name=username]", username)
    page.fill(f"{WARNING} [name=password]", PASSWORD)
    page.get_by_role("button", name="Kirjaudu").click()


def check(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, context=WARNING)
    assert found.violations_count == 0, found.generate_report()


def test_the_end_is_told_and_one_goes_on(typing, clock):
    page, _person, _processor = typing
    clock.goes_on(page, 20)  # typing is told
    page.wait_for_timeout(300)
    clock.goes_on(page, 26)
    warning = page.get_by_role("alertdialog", name="Istunto päättyy pian")
    warning.wait_for()
    assert "ellet jatka" in warning.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Jatka"
    check(page)
    page.keyboard.press("Enter")
    warning.wait_for(state="hidden")
    clock.goes_on(page, 20)
    page.wait_for_timeout(300)
    assert page.goto("/admin/session/").ok


def test_after_the_end_ones_own_text_comes_back_and_is_saved(typing, clock):
    page, person, processor = typing
    clock.goes_on(page, 40)
    page.get_by_role("alertdialog", name="Istunto on päättynyt").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(WARNING).is_visible()
    check(page)
    again(page, "joku.muu")
    page.locator(".register-session-refusal:not(:empty)").wait_for()
    check(page)
    again(page, person.username)
    page.locator(WARNING).wait_for(state="hidden")
    assert page.input_value("[name=name]") == TYPED
    assert TYPED not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    page.click("main form [type=submit]")
    page.wait_for_url("**/kasittelijat/**")
    processor.refresh_from_db()
    assert processor.name == TYPED


def test_the_second_factor_is_asked_for_over_the_page_as_well(typing, clock):
    page, person, processor = typing
    telephone = with_app(person)
    clock.goes_on(page, 40)
    again(page, person.username)
    dialog = page.get_by_role("alertdialog", name="Istunto on päättynyt")
    code = dialog.get_by_label("Sovelluksen koodi tai palautuskoodi")
    code.wait_for()
    assert not dialog.get_by_label("Salasana").is_visible()
    check(page)
    code.fill("000000")
    page.get_by_role("button", name="Kirjaudu").click()
    page.get_by_text("Koodi ei ole oikea").wait_for()
    check(page)
    code.fill(telephone.code())
    page.keyboard.press("Enter")
    page.locator(WARNING).wait_for(state="hidden")
    assert page.input_value("[name=name]") == TYPED
    page.click("main form [type=submit]")
    page.wait_for_url("**/kasittelijat/**")
    processor.refresh_from_db()
    assert processor.name == TYPED


def test_another_person_gets_nothing_of_it(typing, clock):
    page, _person, processor = typing
    other = staff(Role.MAIN_USER)
    clock.goes_on(page, 40)
    again(page, other.username)
    page.wait_for_url("**/admin/")
    assert TYPED not in page.content()
    page.go_back()
    page.wait_for_load_state()
    assert TYPED not in page.content()
    assert TYPED not in [field.input_value() for field in page.locator("input").all()]
    processor.refresh_from_db()
    assert processor.name != TYPED
