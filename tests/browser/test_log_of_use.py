"""The log of use in a real browser: accessible, as wide as the screen, narrowed and kept (C38)."""

import pytest
from django.urls import reverse

from register.domain.access_log import reading
from register.models import Client
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from tests.browser.test_promises import enter, violations
from tests.factories import AssignmentFactory, HoldFactory, staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def used(live_server):
    """A client in an open matter, whom a counsellor has read."""
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    reading.read(Client, to=counsellor, today=today(), view="client_list", action=Action.LIST)
    HoldFactory(client=person)
    return counsellor, person


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_is_too_wide(new_page, used, width):
    counsellor, person = used
    page = new_page(width, bypass_csp=True)
    enter(page, staff(Role.DATA_PROTECTION))

    def is_fit():
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(reverse("kayttoloki_modeladmin_index"))
    is_fit()
    page.fill("#id_who", "olematon")
    page.click(".register-narrowing [type=submit]")
    page.wait_for_selector(".register-narrowing .error-message")
    assert page.input_value("#id_who") == "olematon"
    is_fit()
    page.fill("#id_who", counsellor.username)
    page.select_option("#id_action", "list")
    page.click(".register-narrowing [type=submit]")
    page.wait_for_selector(".listing tbody tr")
    assert page.locator(".listing tbody tr").count() == 1
    is_fit()
    page.goto(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    page.click("text=Kuka on käyttänyt tämän asiakkaan tietoja")
    page.wait_for_url("**/uses/**")
    assert page.locator(".listing tbody tr").count() >= 2
    is_fit()
