"""A billing export costs three clicks from the first screen, its file included (C24)."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from register.models import ExportBatch
from register.models.staff import Role
from register.reference.clock import today
from tests.browser.counting import Cost, Counter
from tests.factories import ProcessorFactory, ServiceOrderFactory, staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = today()


@pytest.fixture
def over():
    ProcessorFactory(kind="finance")
    days = {"starts_on": TODAY - timedelta(days=9), "planned_end": TODAY - timedelta(days=2)}
    ServiceOrderFactory(**days)
    ServiceOrderFactory(**days, client__email="")


def in_order(page):
    # Half faded in, a message has too little contrast.
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not Axe().run(page, context="main").response["violations"]


def test_three_clicks_make_a_batch_and_fetch_its_file(any_page, over):
    page = any_page
    user = staff(Role.BILLING)
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    in_order(page)
    counter = Counter(page)
    counter.click("a:has-text('Muodosta siirtoerä')")
    page.wait_for_url("**/muodosta-siirtoera/")
    in_order(page)
    counter.click("main form button[type=submit]")
    page.wait_for_url("**/siirtoerat/inspect/**")
    with page.expect_download() as download:
        counter.click("a[href*='/download/']")
    assert download.value.suggested_filename.endswith(".txt")
    cost = counter.cost()
    assert ExportBatch.objects.get().row_count == 2
    assert cost.clicks <= 3
    assert cost.fields == 0
    assert cost.loads <= 3
    assert cost == Cost(3, 0, 2)
