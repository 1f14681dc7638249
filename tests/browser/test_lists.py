"""Lists in a real browser: Back after a search, no script needed, cards, and room to touch."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client as Visitor
from django.urls import reverse

from futuuri_site import demo_content
from futuuri_site.content import pages
from register.access.gate import may_list
from register.checks import registered_screens
from register.models.staff import Role
from register.reference.clock import today
from tests.browser.conftest import SIZES
from tests.factories import AssignmentFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = reverse("asiakkaat_modeladmin_index")
TOUCHED = 44  # pixels that a finger needs
APART = 24
# What a person presses in the part of a list that is ours.
OURS = ".register-list-header :is(button, summary), main .button, .register-row-menu button"
CLOSE = """elements => {
    const boxes = elements.map(each => each.getBoundingClientRect()).filter(box => box.width);
    const low = boxes.filter(box => box.height < %d).length;
    const near = boxes.flatMap((one, place) => boxes.slice(place + 1).filter(other =>
        Math.max(other.left - one.right, one.left - other.right) < %d
        && Math.max(other.top - one.bottom, one.top - other.bottom) < 0)).length;
    return [low, near];
}"""


@pytest.fixture
def enter(new_page, live_server):
    """`enter(user)` opens a page of one who is logged in."""

    def open_as(user, width=1440, **options):
        visitor = Visitor()
        visitor.force_login(user)
        page = new_page(width, **options)
        value = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.set_default_timeout(15_000)
        return page

    return open_as


@pytest.fixture
def counsellor():
    user = staff(Role.COUNSELLOR)
    for name in ("Aino Halla", "Eero Halla", "Oili Suo"):
        order = ServiceOrderFactory(
            client__name=name, starts_on=today(), planned_end=today() + timedelta(days=100)
        )
        AssignmentFactory(user=user, content_object=order.client)
    return user


def names(page):
    return page.locator(".register-table td.title a").all_inner_texts()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_back_leads_to_the_search_and_a_filter_keeps_it(enter, counsellor, script):
    page = enter(counsellor, java_script_enabled=script)
    page.goto(CLIENTS)
    page.fill("[name=q]", "halla")
    page.press("[name=q]", "Enter")
    page.wait_for_url("**/asiakkaat/?haku=*")
    assert names(page) == ["Aino Halla", "Eero Halla"]
    page.click(".register-filters summary")
    page.click(".register-filters a >> text=Voimassa >> nth=0")
    page.wait_for_url("**tila=valid*")
    assert names(page) == ["Aino Halla", "Eero Halla"]
    assert page.locator(".register-pills .w-pill").count() == 2
    page.click(".register-table td.title a >> nth=0")
    page.wait_for_url("**/inspect/**")
    page.go_back()
    assert names(page) == ["Aino Halla", "Eero Halla"]
    page.go_back()
    assert names(page) == ["Aino Halla", "Eero Halla"]
    page.go_back()
    assert len(names(page)) == 3


def test_the_menu_of_a_row_opens_by_the_keyboard(enter, counsellor):
    page = enter(counsellor)
    page.goto(CLIENTS)
    page.focus(".register-row-menu button >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".register-row-menu [data-tippy-root] a")
    assert page.locator("[data-tippy-root] a").first.inner_text() == "Lisää palvelutilaus"
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-tippy-root]", state="detached")


def look(page, where):
    """What is wrong with a list on a screen: axe's findings, its width, what can't be touched."""
    page.goto(where)
    width = page.viewport_size["width"]
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("too wide")
    if width < 400:
        low, near = page.eval_on_selector_all(OURS, CLOSE % (TOUCHED, APART))
        found += ["too low"] * low + ["too near"] * near
    return found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("content", ["empty", "demo"])
def test_axe_finds_nothing_and_a_finger_hits_what_it_means(
    enter, django_user_model, settings, role, width, content
):
    if content == "demo":
        settings.DEMO_CONTENT_ALLOWED = True
        pages.create()
        demo_content.create()
        users = django_user_model.objects.filter(username__startswith="demo-")
        user = next(each for each in users if {role} == roles_of(each))
    else:
        user = staff(role)
    page = enter(user, width, bypass_csp=True)
    wrong = {}
    for screen in registered_screens():
        if not may_list(user, screen.model, today=today()) or not screen.add_to_admin_menu:
            continue
        where = screen.url_helper.index_url
        for address in (where, *(f"{where}?haku=over" for _ in [0] if screen.search_fields)):
            if found := look(page, address):
                wrong[address] = found
    assert wrong == {}


def roles_of(user):
    from register.access.standing import effective_access

    return set(effective_access(user, today=today()).roles)


def test_the_menu_fits_on_a_screen_for_whoever_has_all_roles(enter):
    page = enter(staff(*Role))
    page.goto(CLIENTS)
    lowest = page.locator(".sidebar-main-menu__list > li").last.bounding_box()
    assert lowest["y"] + lowest["height"] <= SIZES[1440] - 60
    page.focus(".sidebar-main-menu button >> text=Asiakkaat")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[href='/admin/asiakkaat/'] >> visible=true")
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
