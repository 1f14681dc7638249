"""The main job in a real browser, in every role: what one does, and what one can't reach."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.billing.exporting import export
from register.models import Client, Note
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = pytest.mark.parametrize("width", [390, 1440])


@pytest.fixture
def enter(new_page, live_server):
    """Log in through the login page; the page refuses requests to strangers (C28)."""

    def open_as(user, width=1440):
        page = new_page(width)
        page.strangers = []
        page.on(
            "request",
            lambda request: (
                page.strangers.append(request.url)
                if not request.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        page.goto(reverse("wagtailadmin_login"))
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return open_as


def day(offset=0):
    return f"{timezone.localdate() + timedelta(days=offset):%Y-%m-%d}"


@WIDTHS
def test_a_counsellor_adds_a_client_with_a_service_and_writes_a_note(enter, width):
    service, office = ServiceFactory(name="Uraohjaus"), OfficeFactory(name="Vantaa")
    ClientFactory(name="Toisen Asiakas")
    page = enter(staff(Role.COUNSELLOR), width)
    page.goto(reverse("asiakkaat_modeladmin_create"))
    page.fill("[name=name]", "Uusi Asiakas")
    page.fill("[name=email]", "uusi@example.org")
    page.fill("[name=home_municipality]", "Vanda")
    page.select_option("[name=service]", str(service.pk))
    page.select_option("[name=office]", str(office.pk))
    page.select_option("[name=manner]", "remote")
    page.fill("[name=planned_end]", day(60))
    page.locator("footer [type=submit]").first.click()
    page.wait_for_url("**/asiakkaat/inspect/**")
    assert Client.objects.filter(name="Uusi Asiakas").exists()

    box = page.locator(".register-note-box[open]")  # of the one service that is in force
    box.locator("[name=basis][value=told_by_client]").check()
    box.locator("[name=text]").fill("Ensimmäinen tapaaminen.")
    with page.expect_navigation():
        box.locator("[type=submit]").click()
    assert "Ensimmäinen tapaaminen." in page.inner_text("main")
    assert Note.objects.get().text == "Ensimmäinen tapaaminen."

    page.goto(reverse("asiakkaat_modeladmin_index"))
    assert "Uusi Asiakas" in page.inner_text("main")
    assert "Toisen Asiakas" not in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.strangers == []


@WIDTHS
def test_a_wrong_date_is_told_and_nothing_typed_is_lost(enter, width):
    user = staff(Role.COUNSELLOR)
    order = ServiceOrderFactory(
        client=AssignmentFactory(user=user).content_object, starts_on=timezone.localdate()
    )
    page = enter(user, width)
    page.goto(f"{reverse('muistiinpanot_modeladmin_create')}?order={order.pk}")
    page.fill("[name=met_on]", day(5))
    page.check("[name=basis][value=told_by_client]")
    page.fill("[name=text]", "Pitkä ja harkittu teksti.")
    page.locator("footer [type=submit]").first.click()
    page.wait_for_selector(".w-field__errors .error-message, .error-message")
    assert page.input_value("[name=text]") == "Pitkä ja harkittu teksti."


def test_billing_downloads_a_batch_and_marks_it(enter):
    ProcessorFactory()
    order = ServiceOrderFactory(
        starts_on=timezone.localdate() - timedelta(days=9),
        planned_end=timezone.localdate() - timedelta(days=1),
    )
    batch = export(today=timezone.localdate(), by=SYSTEM)
    page = enter(staff(Role.BILLING))
    page.goto(reverse("siirtoerat_modeladmin_inspect", args=[batch.pk]))
    with page.expect_download() as download:
        page.click("header a[href*=download]")
    assert order.client.name in download.value.path().read_text(encoding="utf-8-sig")
    page.click(".register-action a")
    page.click(".register-confirm button")
    page.wait_for_load_state()
    batch.refresh_from_db()
    assert batch.received_on == timezone.localdate()


def test_a_main_user_assigns_and_sees_no_client(enter):
    person, counsellor = ClientFactory(name="Salattu Nimi"), staff(Role.COUNSELLOR)
    page = enter(staff(Role.MAIN_USER))
    page.goto(reverse("kohdistukset_modeladmin_create"))
    page.fill("[name=register_number]", person.register_number)
    page.select_option("[name=counsellor]", str(counsellor.staff_member.pk))
    page.locator("footer [type=submit]").first.click()
    page.wait_for_url("**/kohdistukset/inspect/**")
    assert "Salattu" not in page.content()
    assert person.assignments.get().user == counsellor
    page.goto(reverse("asiakkaat_modeladmin_index"))
    assert "Salattu" not in page.content()


def test_the_contact_reaches_a_client_by_a_hold(enter):
    person = ClientFactory(name="Lykätty Henkilö")
    page = enter(staff(Role.DATA_PROTECTION))
    card = reverse("asiakkaat_modeladmin_inspect", args=[person.pk])
    assert page.goto(card).status == 404

    page.goto(reverse("poistolykkaykset_modeladmin_create"))
    page.fill("[name=register_number]", person.register_number)
    page.select_option("[name=ground]", "legal_claims")
    page.fill("[name=reason]", "Selvitetään oikeutta tietoihin.")
    page.fill("[name=review_on]", day(30))
    page.locator("footer [type=submit]").first.click()
    page.wait_for_url("**/poistolykkaykset/inspect/**")
    assert page.goto(card).status == 200

    page.goto(reverse("poistolykkaykset_modeladmin_inspect", args=[person.holds.get().pk]))
    page.click(".register-action a[href*=release]")
    page.click(".register-confirm button")
    page.wait_for_load_state()
    assert page.goto(card).status == 404


def test_an_editor_edits_pages_and_finds_no_register(enter):
    page = enter(staff(Role.EDITOR))
    links = page.locator("aside a, nav a").evaluate_all("all => all.map(a => a.pathname)")
    assert not [link for link in links if "asiakkaat" in link or "kirjanpito" in link]
    assert page.goto(reverse("asiakkaat_modeladmin_index")).status == 404


def test_someone_without_training_is_told_why(enter):
    page = enter(staff(Role.COUNSELLOR, law_trained_on=None))
    assert page.locator(".register-standing--locked").count() == 1
    assert page.goto(reverse("asiakkaat_modeladmin_index")).status == 404


@WIDTHS
@pytest.mark.parametrize("roles", [(Role.EDITOR,), (Role.COUNSELLOR, Role.EDITOR)])
def test_the_page_search_is_not_in_the_sidebar(enter, roles, width):
    """A client's name typed into it would end up in an address. See also test_page_search.py."""
    page = enter(staff(*roles), width)
    sidebar = "[data-wagtail-sidebar]"
    searches = page.locator(f"{sidebar} form[role=search], {sidebar} [type=text]")
    assert searches.count() == 0
