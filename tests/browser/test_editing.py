"""What an editor does in the Wagtail admin, and what the public sees of it."""

import pytest
from wagtail.models import Collection

from futuuri_site.content import pages
from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor_page(page, live_server):
    """A page on which an editor has logged in."""
    pages.create()
    # The flush between these tests takes what Wagtail's migrations made.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    user = staff(Role.EDITOR)
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def test_an_editor_changes_a_section_and_publishes(editor_page, new_page):
    notice = PrivacyNoticePage.objects.get()
    editor_page.goto(f"/admin/pages/{notice.pk}/edit/")
    editor_page.locator("[data-streamfield-child] button[data-panel-toggle]").first.click()
    editor_page.locator("[name='sections-0-value-heading']").fill("Rekisterin uusi otsikko")
    editor_page.fill("[name=reviewed_on]", "2026-03-09")
    editor_page.keyboard.press("Escape")
    editor_page.evaluate("document.querySelector('[name=action-publish]').click()")
    editor_page.wait_for_url(f"**/admin/pages/{notice.get_parent().pk}/")
    public = new_page(390)
    public.goto("/tietosuojaseloste/")
    assert public.locator("#nimi h2").inner_text().endswith("Rekisterin uusi otsikko")
    assert "9.3.2026" in public.locator(".reviewed").inner_text()
    assert public.locator("section.section").count() == 12
