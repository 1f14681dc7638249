"""The report on the promises in a real browser: accessible, as wide as the screen, by keyboard."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from futuuri_site.content import pages
from privacy_notice.models import PromiseResult, SignOff
from privacy_notice.models.states import State
from privacy_notice.promises.registry import promises
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report(live_server):
    """Three days of results, in all states, and somebody who reads them."""
    pages.create(languages=["fi"])
    evidence = dict.fromkeys(("fi", "sv", "en"), "Näyttöä on: 3 riviä ja niissä kolme tietoa.")
    for offset in range(3):
        PromiseResult.objects.bulk_create(
            PromiseResult(
                day=today() - timedelta(days=offset),
                clause=clause,
                state=State.values[number % 4],
                evidence=evidence,
                checked_at=timezone.now(),
            )
            for number, clause in enumerate(promises())
        )
    return staff(Role.MAIN_USER)


def enter(page, user):
    page.goto(reverse("wagtailadmin_login"))
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


def violations(page):
    """Return what axe finds in the part of the page that is ours."""
    found = Axe().run(page, context="main").response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_is_too_wide(new_page, report, width, scheme):
    page = new_page(width, color_scheme=scheme, bypass_csp=True)
    enter(page, report)
    for path in ("", "c37/vahvista/", "?tila=broken"):
        page.goto(reverse("privacy_notice_promises") + path, wait_until="networkidle")
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_one_confirms_by_keyboard(page, report):
    enter(page, report)
    page.goto(reverse("privacy_notice_promises"))
    link = page.get_by_role("link", name=re.compile("Vahvista käsin.*Tavanomaiset"))
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/c37/vahvista/")
    button = page.get_by_role("button", name="Olen tarkistanut: vahvista")
    for _tab in range(60):
        if button.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/lupaukset/")
    assert "Vahvistettu: Tavanomaiset tekniset suojakeinot ovat käytössä." in page.inner_text(
        "body"
    )
    assert SignOff.objects.get(clause="C37").confirmed_by == report
