"""C33, C38: the counsellor's first screen: a client is found, opened and written of, quickly."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from register.models import AccessLogEntry, Note, ServiceOrder
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from tests.browser.conftest import SIZES
from tests.browser.counting import Cost, Counter
from tests.factories import AssignmentFactory, ClientFactory, ServiceFactory, ServiceOrderFactory
from tests.factories import staff as a_member
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 1440)
FIELD, ROWS, TOLD = "#register-find", ".register-client-rows li", "[data-register-found-count]"
NAME = "Aada Erittäinpitkäniminen-Esimerkkiläinen"


@pytest.fixture
def me():
    return a_member(Role.COUNSELLOR)


@pytest.fixture
def clients(me):
    service = ServiceFactory(name="Uraohjaus")
    people = [ClientFactory(name=name) for name in (NAME, "Aada Toinen", "Beeta Kolmas")]
    for number, person in enumerate(people):
        AssignmentFactory(user=me, content_object=person)
        ServiceOrderFactory(
            client=person,
            service=service,
            counsellor=me.staff_member,
            starts_on=today() - timedelta(days=500),
            planned_end=today() + timedelta(days=(number - 1) * 20),
        )
    return people


@pytest.fixture
def enter(new_page, me, clients):
    def open_home(width=1440, **options):
        page = new_page(width, **options)
        page.set_default_timeout(10_000)
        page.goto("/admin/login/")
        page.fill("[name=username]", me.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return open_home


def check(page):
    """Look at both widths whether nothing is too wide, and ask axe."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def searches():
    return AccessLogEntry.objects.filter(action=Action.SEARCH)


def test_a_search_answers_in_place_after_a_pause_and_is_heard(enter):
    page = enter()
    assert page.evaluate("document.activeElement.id") == "register-find"
    loads = Counter(page)
    page.keyboard.type("aada", delay=30)
    page.wait_for_selector(ROWS)
    assert page.locator(ROWS).count() == 2
    assert page.inner_text(TOLD).startswith("2 asiakasta löytyi")
    assert page.locator(TOLD).get_attribute("role") == "status"
    assert (loads.cost().loads, page.url.endswith("/admin/")) == (0, True)
    # One entry, not one a letter; and what was typed is in no address and in no entry.
    entry = searches().get()
    assert entry.details == {"searched": ["search_key"], "hits": 2}


def test_enter_searches_at_once_for_a_short_word_and_once_more_goes_there(enter):
    page = enter()
    page.keyboard.type("be")
    page.keyboard.press("Enter")
    page.wait_for_selector(ROWS)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Beeta Kolmas"
    page.keyboard.press("Enter")
    page.wait_for_url("**/asiakkaat/inspect/**")
    assert searches().count() == 1


def test_arrows_go_through_what_was_found(enter):
    page = enter()
    page.keyboard.type("aada")
    page.wait_for_selector(ROWS)
    focused = "document.activeElement.textContent.trim()"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == NAME
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Kirjoita muistiinpano"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "register-find"


def test_back_from_a_card_is_the_first_screen(enter):
    page = enter()
    page.keyboard.type("beeta")
    page.click(f"{ROWS} a >> text=Beeta Kolmas")
    page.wait_for_url("**/asiakkaat/inspect/**")
    page.go_back()
    page.wait_for_selector(FIELD)
    assert page.url.endswith("/admin/")
    assert page.title().startswith("Aloitus") or page.locator(FIELD).is_visible()


def test_all_about_one_client_takes_one_click_one_field_and_one_page(enter):
    page = enter()
    act = Counter(page)
    act.fill(FIELD, "beeta")
    act.click(f"{ROWS} .register-client-name")
    page.wait_for_url("**/asiakkaat/inspect/**")
    assert act.cost() == Cost(1, 1, 1)
    assert "Beeta Kolmas" in page.inner_text("main")


def test_a_note_to_a_client_found_by_name_takes_three_clicks_two_fields_and_two_pages(enter):
    page = enter()
    act = Counter(page)
    act.fill(FIELD, "beeta")
    act.click(page.locator(ROWS).get_by_text("Kirjoita muistiinpano"))
    page.wait_for_load_state()
    act.fill("[name=text]:visible", "Keksitty muistiinpano.")
    act.click("[name=basis][value=told_by_client]:visible")
    act.click(page.get_by_role("button", name="Tallenna").first)
    page.wait_for_url("**/asiakkaat/inspect/**")
    assert act.cost() == Cost(3, 2, 2)
    assert Note.objects.get().text == "Keksitty muistiinpano."


@pytest.mark.parametrize(
    ("act_of_card", "then"),
    [("Pidennä", "6 kk"), ("Merkitse päättyneeksi", "Merkitse päättyneeksi")],
)
def test_to_prolong_or_end_takes_three_clicks_one_field_and_two_pages(enter, act_of_card, then):
    page = enter()
    act = Counter(page)
    act.fill(FIELD, "beeta")
    act.click(f"{ROWS} .register-client-name")
    page.wait_for_url("**/asiakkaat/inspect/**")
    act.click(page.locator(".register-acts summary", has_text=act_of_card))
    before = ServiceOrder.objects.get(client__name="Beeta Kolmas").version
    act.click(page.locator(".register-acts button:visible", has_text=then))
    page.wait_for_load_state()
    page.wait_for_selector(".messages .success")
    assert act.cost() == Cost(3, 1, 2)
    assert ServiceOrder.objects.get(client__name="Beeta Kolmas").version > before


def test_without_script_a_search_leads_to_a_list_that_back_leaves(enter):
    page = enter(java_script_enabled=False)
    page.fill(FIELD, "beeta")
    page.click(".register-find button")
    page.wait_for_load_state()
    assert "Beeta Kolmas" in page.inner_text("main")
    assert NAME not in page.inner_text("main")
    assert "beeta" not in page.url
    page.click("main a >> text=Beeta Kolmas")
    page.go_back()
    assert "Beeta Kolmas" in page.inner_text("main")


def test_when_the_session_is_over_a_search_leads_to_the_door(enter, me):
    page = enter()
    me.set_password("toinen-salasana-2026")
    me.save()
    page.fill(FIELD, "beeta")
    page.wait_for_url("**/login/**")
    assert "beeta" not in page.url


def test_the_screens_are_without_fault_at_both_widths(enter):
    page = enter()
    check(page)
    page.fill(FIELD, "aada")
    page.wait_for_selector(ROWS)
    check(page)
    page.fill(FIELD, "olematon")
    page.wait_for_selector("text=Haku ei löytänyt")
    check(page)
    links = page.locator(".register-to-do a, .register-actions a:text('Viimeksi')")
    for address in links.evaluate_all("all => all.map(a => a.pathname)"):
        page.goto(address)
        check(page)
