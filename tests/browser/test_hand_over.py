"""C33, C34: 13 clients are handed over with 4 clicks, 4 fields and 3 loads, on a phone as well."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from register.models import Assignment
from register.models.staff import Role
from tests.browser.conftest import SIZES
from tests.browser.counting import Cost, Counter
from tests.factories import AssignmentFactory, ClientFactory, ServiceOrderFactory, staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (320, 390, 1440)
PAGE = "/admin/luovuta/"
ALL = "[data-register-all]"
DAY = timedelta(days=1)


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR, user__first_name="Aino", user__last_name="Ohjaaja")


@pytest.fixture
def eero():
    return staff(Role.COUNSELLOR, user__first_name="Eero", user__last_name="Kollega")


@pytest.fixture
def clients(aino):
    today = timezone.localdate()
    names = ["Testi Hyvinpitkänimi-Erittäinpitkäsukunimi", *(f"Testi {n:02}" for n in range(12))]
    people = [ClientFactory(name=name) for name in names]
    for person in people:
        AssignmentFactory(user=aino, content_object=person)
        ServiceOrderFactory(client=person, planned_end=today + 90 * DAY)
    return people


def enter(page, user):
    page.set_default_timeout(15_000)
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


def check(page, name, shots):
    """Look at each width whether nothing is too wide, and ask axe."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": SIZES[1440]})


def in_words(day):
    return f"{day.day}.{day.month}.{day.year}"


@pytest.mark.parametrize("role", [Role.MAIN_USER, Role.COUNSELLOR])
def test_thirteen_clients_take_four_clicks_four_fields_and_three_loads(
    page, aino, eero, clients, role
):
    today = timezone.localdate()
    first, last = in_words(today + DAY), in_words(today + 90 * DAY)
    enter(page, staff(Role.MAIN_USER) if role == Role.MAIN_USER else aino)
    counted = Counter(page)

    counted.click(f"main a[href^='{reverse('register_hand_over')}']")
    page.wait_for_url(f"**{PAGE}**")
    if role == Role.MAIN_USER:
        counted.choose("[name=from]", str(aino.staff_member.pk))
        page.wait_for_selector(ALL)
    counted.fill("[name=valid_from]", first)
    counted.fill("[name=valid_until]", last)
    counted.choose("[name=to]", str(eero.staff_member.pk))
    counted.click(ALL)
    assert page.locator("[name=client]:checked").count() == 13
    counted.click("[data-register-given] [type=submit]")
    page.wait_for_selector("[name=plan]", state="attached")
    told = page.inner_text(".register-hand-over-told")
    returns = in_words(today + 91 * DAY)
    assert told == (
        f"13 asiakasta siirtyy {first}–{last} ja palautuu {returns}, sijainen: "
        f"Eero Kollega ({eero.username})."
    )
    counted.click(".register-hand-over .button:not(.button-secondary)")
    page.wait_for_selector("text=13 asiakasta luovutettiin")

    fields = 4 if role == Role.MAIN_USER else 3
    assert counted.cost() == Cost(clicks=4, fields=fields, loads=3)
    assert Assignment.objects.filter(user=eero, valid_from=today + DAY).count() == 13


def test_each_screen_is_fit_for_a_phone_and_for_axe(page, aino, eero, clients, tmp_path):
    enter(page, staff(Role.MAIN_USER))
    page.goto(PAGE)
    check(page, "choose", tmp_path)
    page.select_option("[name=from]", str(aino.staff_member.pk))
    page.wait_for_selector(ALL)
    check(page, "clients", tmp_path)
    page.click("[data-register-given] [type=submit]")
    page.wait_for_selector(".error-message, .messages .error")
    check(page, "wrong", tmp_path)
    page.select_option("[name=to]", str(eero.staff_member.pk))
    page.click(ALL)
    page.click("[data-register-given] [type=submit]")
    page.wait_for_selector("[name=plan]", state="attached")
    check(page, "summary", tmp_path)
    page.click("[name=back]")
    page.wait_for_selector(ALL)
    assert page.locator("[name=client]:checked").count() == 13


def test_without_a_script_there_is_a_button_and_the_box_takes_all(new_page, aino, eero, clients):
    page = new_page(java_script_enabled=False)
    enter(page, staff(Role.MAIN_USER))
    page.goto(PAGE)
    page.select_option("[name=from]", str(aino.staff_member.pk))
    page.click(".register-hand-over-giver [type=submit]")
    page.select_option("[name=to]", str(eero.staff_member.pk))
    page.check(ALL)
    page.click("[data-register-given] [type=submit]")
    assert "13 asiakasta siirtyy" in page.inner_text(".register-hand-over-told")
    page.click(".register-hand-over .button:not(.button-secondary)")
    assert Assignment.objects.filter(user=eero).count() == 13


def test_those_whom_nobody_has_are_given_from_the_first_screen(page, eero):
    today = timezone.localdate()
    order = ServiceOrderFactory(planned_end=today + DAY)
    enter(page, staff(Role.MAIN_USER))
    page.click(f"main a[href='{reverse('register_without_counsellor')}']")
    page.click(".register-hand-over-links a")
    page.select_option("[name=to]", str(eero.staff_member.pk))
    page.click(ALL)
    page.click("[data-register-given] [type=submit]")
    page.click(".register-hand-over .button:not(.button-secondary)")
    page.wait_for_selector("text=1 asiakas luovutettiin")
    assert Assignment.objects.get(user=eero).content_object == order.client
