"""What all forms have in common: their object's name, a way back, and errors that are heard."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser

from register.models import ServiceOrder
from register.wagtail_admin.base.screens import address
from tests.factories import staff
from tests.forms import open_form
from tests.integration.form_cases import (
    ADDED_BY,
    ROWS,
    SCREENS,
    adding,
    changing,
    opened,
    parent_of,
    typed_texts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[f"{name} adds" for name in ADDED_BY] + [f"{name} edits" for name in ROWS])
def form(request):
    """A browser at a form, its address, and the names that it has to say."""
    name, verb = request.param.split()
    if verb == "edits":
        row = ROWS[name].make()
        named = "Käsittelyn ohje" if name == "StaffDocumentAdmin" else SCREENS[name].title_of(row)
        return *opened(name, row), named
    user, query = parent_of(name) if name in ("ServiceOrderAdmin", "NoteAdmin") else (None, "")
    browser = Browser()
    browser.force_login(user or staff(ADDED_BY[name]))
    about = ""
    if query:
        order = ServiceOrder.objects.get()
        about = order.client.name if name == "ServiceOrderAdmin" else str(order.service)
    return browser, address(SCREENS[name].model, "create") + query, about


def test_every_form_is_tried_here():
    assert set(ADDED_BY) == adding()
    assert set(ROWS) == changing()


def page(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_heading_breadcrumb_and_title_name_the_object(form):
    browser, url, named = form
    shown = page(browser.get(url))
    crumbs = shown.select(".w-breadcrumbs li")
    for said in (shown.h1, shown.title, shown.select_one("#header-title"), crumbs[-1]):
        assert named in " ".join(said.get_text().split())
    assert len(crumbs) > 1


def test_cancel_leads_to_a_page_that_is_there(form):
    browser, url, _named = form
    (cancel,) = page(browser.get(url)).select("a.register-cancel")
    assert cancel.get_text(strip=True) == "Peruuta"
    assert browser.get(cancel["href"]).status_code == 200
    for link in page(browser.get(url)).select(".w-breadcrumbs a[href]"):
        assert browser.get(link["href"]).status_code == 200


def test_fields_are_no_list_items(form):
    browser, url, _named = form
    assert not page(browser.get(url)).select("#w-editor-form ul.fields, #w-editor-form ul section")


def test_what_is_wrong_is_said_on_top_and_leads_to_the_field(form):
    browser, url, _named = form
    names = typed_texts(browser.get(url))
    answer = open_form(browser, url).send(browser, **dict.fromkeys(names, "ö" * 21_000))
    shown = page(answer)
    summary = shown.select_one(".register-complaints")
    assert summary["role"] == "alert"
    assert summary.has_attr("autofocus")
    told = {link["href"] for link in summary.select("a[href^='#']")}
    for name in answer.context["form"].errors:
        assert f"#id_{name}" in told
        assert shown.select_one(f"#id_{name}")
    assert shown.title.get_text().strip().startswith("Ei tallennettu:")
    # Leaving it now loses what was typed: Wagtail's own script warns.
    assert shown.select_one("#w-editor-form")["data-w-unsaved-force-value"] == "true"


def test_a_form_that_was_not_sent_warns_of_changes_only(form):
    browser, url, _named = form
    shown = page(browser.get(url)).select_one("#w-editor-form")
    assert "beforeunload@window->w-unsaved#confirm" in shown["data-action"]
    assert shown["data-w-unsaved-force-value"] == "false"
