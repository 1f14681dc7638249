"""C19: who was told of a material change is marked, on a phone and by keyboard as well."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from register.access import attempts
from register.domain.notices import publication
from register.models import NoticeGiven
from register.models.staff import Role
from register.wagtail_admin.base.screens import address
from tests.browser.conftest import SIZES
from tests.factories import AssignmentFactory, ClientFactory, staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
DOOR, LIST = "/admin/login/", "/admin/kerrottavat/"
WIDTHS = (320, 390, 1440)
ERROR = ".error-message"


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def clients(aino):
    names = ("Testi Eka", "Testi Toka", "Testi Kolmas-Erittäinpitkänimi Hyvinkääläinen")
    people = [ClientFactory(name=name) for name in names]
    for person in people:
        AssignmentFactory(user=aino, content_object=person)
    day = timezone.localdate() - timedelta(days=3)
    why = "Uusi vastaanottaja: kirjanpitopalveluntarjoaja."
    publication.publish(version=2, material=True, reason=why, address="/x/1-2/", today=day)
    return people


def enter(page, user):
    page.set_default_timeout(8_000)
    page.goto(DOOR)
    type_in(page, user.username, PASSWORD)
    page.wait_for_url("**/admin/")


def type_in(page, username, password):
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("[type=submit]")


def check(page):
    """Look at each width whether nothing is too wide, and ask axe."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # A message that is still being faded in is too pale for a moment.
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_counsellor_marks_two_by_keyboard_after_a_wrong_date(page, aino, clients):
    enter(page, aino)
    page.goto(LIST)
    check(page)
    boxes = page.get_by_role("checkbox", name="Testi")
    boxes.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "given_on"
    right = page.input_value("[name=given_on]")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.fill("[name=given_on]", f"{tomorrow:%Y-%m-%d}" if "-" in right else f"{tomorrow:%d.%m.%Y}")
    button = page.get_by_role("button", name="Merkitse kerrotuksi")
    button.press("Enter")
    page.locator(ERROR).wait_for()
    assert [box.is_checked() for box in boxes.all()].count(True) == 2
    assert not NoticeGiven.objects.given().exists()
    check(page)
    page.set_viewport_size({"width": 320, "height": 568})
    # The name stands beside its box, however long it is.
    row = page.locator(".register-told-rows label").nth(1)
    # Both at one moment: the sidebar is still on its way.
    assert row.evaluate("""row => row.querySelector("span").getBoundingClientRect().left >
        row.querySelector("input").getBoundingClientRect().right""")
    page.fill("[name=given_on]", right)
    button.press("Enter")
    page.get_by_text("2 asiakasta").wait_for()
    assert NoticeGiven.objects.given().count() == 2
    check(page)


def test_the_main_user_goes_by_number(page, clients):
    enter(page, staff(Role.MAIN_USER))
    page.goto(LIST)
    assert page.get_by_role("checkbox", name=str(clients[0])).is_visible()
    assert "Testi" not in page.content()
    check(page)


def test_the_card_tells_and_marks(page, aino, clients):
    enter(page, aino)
    page.goto(address(clients[0], "inspect"))
    check(page)
    page.get_by_role("button", name="kerrotuksi").press("Enter")
    page.get_by_text("Kerrottu versiosta 2").wait_for()
    check(page)


def test_the_door_is_plain_refuses_and_stops(page, monkeypatch):
    monkeypatch.setattr(attempts, "MOST", 2)
    page.goto(DOOR)
    check(page)
    type_in(page, "joku", "väärä")
    page.wait_for_load_state()
    refused = page.locator(".messages").inner_text()
    check(page)
    type_in(page, "joku", "väärä")
    page.get_by_text("15 minuuttia").wait_for()
    assert page.locator(".messages").inner_text() != refused
    check(page)
