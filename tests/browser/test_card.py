"""C18, C20, C44: all about one client on one screen, and what is printed from it."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from register.models import NoticeGiven
from register.models.staff import Role
from register.reference.clock import today
from tests.browser.conftest import SIZES
from tests.browser.counting import Cost, Counter
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    NoteFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Aada Erittäinpitkäniminen-Esimerkkiläinen von Vielä-Pidempi"


@pytest.fixture
def person(site_content):
    me = staff(Role.COUNSELLOR)
    client = ClientFactory(name=NAME)
    AssignmentFactory(user=me, content_object=client)
    for name, days in (("Uraohjaus", 90), ("Työnhakuvalmennus", -20)):
        order = ServiceOrderFactory(
            client=client,
            service=ServiceFactory(name=name),
            counsellor=me.staff_member,
            starts_on=today() - timedelta(days=300),
            planned_end=today() + timedelta(days=days),
        )
        for number in range(4):
            NoteFactory(
                order=order,
                author=me.staff_member,
                met_on=today() - timedelta(days=30 + number),
                text=f"{name}, tapaaminen {number}.",
            )
    client.counsellor = me
    return client


@pytest.fixture
def page(new_page, person):
    page = new_page(1440)
    page.set_default_timeout(10_000)
    page.goto("/admin/login/")
    page.fill("[name=username]", person.counsellor.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def check(page):
    """Look at both widths whether nothing is too wide, and ask axe."""
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_all_about_one_client_is_one_click_one_field_and_one_page_away(page, person):
    act = Counter(page)
    act.fill("#register-find", "aada")
    act.click(".register-client-rows .register-client-name")
    page.wait_for_url("**/asiakkaat/inspect/**")
    assert act.cost() == Cost(1, 1, 1)
    shown = page.inner_text("main")
    for told in (
        NAME,
        person.register_number,
        person.email,
        "Poistetaan tammikuussa",
        "Työnhakuvalmennus, tapaaminen 0.",
        "3 aiempaa muistiinpanoa",
        "Ohjaajat",
        "Tietosuojaselosteen antamista ei ole kirjattu",
    ):
        assert told in shown


def test_the_card_is_without_fault_folded_and_unfolded(page, person):
    page.goto(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    check(page)
    page.click(".register-folded summary")
    check(page)
    name = page.locator(".register-identity__name")
    page.set_viewport_size({"width": 390, "height": SIZES[390]})
    assert name.evaluate("each => each.scrollWidth > each.clientWidth")
    assert name.evaluate("each => getComputedStyle(each).textOverflow") == "ellipsis"


def test_notes_to_print_are_without_fault_and_take_a_period_as_it_is_typed(page, person):
    url = reverse("asiakkaat_modeladmin_notes", args=[person.pk])
    page.goto(url)
    check(page)
    page.goto(f"{url}?alkaen=eilen")
    check(page)
    assert page.input_value("[name=alkaen]") == "eilen"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_slip_is_one_page_on_paper_and_shows_the_sheet_alone(page, person, language):
    page.goto(f"{reverse('asiakkaat_modeladmin_slip', args=[person.pk])}?kieli={language}")
    check(page)
    page.emulate_media(media="print")
    assert not page.locator(".register-unprinted").is_visible()
    assert not page.locator(".w-slim-header").first.is_visible()
    paper = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    assert paper.count(b"/Type /Page\n") == 1


def test_handing_out_the_slip_takes_one_click_on_it(page, person):
    page.goto(reverse("asiakkaat_modeladmin_slip", args=[person.pk]))
    page.click("main form button")
    page.wait_for_url("**/asiakkaat/inspect/**")
    assert "Sai tietosuojaselosteen version 1" in page.inner_text("main")
    assert NoticeGiven.objects.get(client=person).given_on == today()
