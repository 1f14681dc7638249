"""What the staff see and hear is Finnish: no English word on a screen, in a hint or in a label."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client as Visitor
from wagtail.models import Collection

from futuuri_site import demo, demo_content
from futuuri_site.content import pages
from register.models.staff import Role

pytestmark = pytest.mark.django_db(transaction=True)

# No Finnish word looks like these.
ENGLISH = re.compile(
    r"\b(the|of|and|with|from|for|this|that|these|your|you|is|are|was|were|has|have|been|be|will"
    r"|not|by|or|all|more|new|add|edit|edited|delete|save|saved|search|show|hide|toggle|close|open"
    r"|choose|select|sort|filter|order|actions?|options?|settings|history|account|users?|name"
    r"|email|passwords?|required|enter|please|valid|fields?|errors?|results?|items?|matches|pages?"
    r"|images?|documents?|clients?|services?|notes?|dates?|changes|changed|created|updated|ago"
    r"|privacy|live|draft|publish|published|sign|login|log|view|yes|must|may|can|don't|can't)\b",
    re.IGNORECASE,
)
# Time zones, addresses and file names are words of no language.
NAME_OF_A_THING = re.compile(r"\S+/\S+|\S+@\S+|\bCSV\b")
SEEN_AND_HEARD = """() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        // The last is a button of the calendar that it never shows.
        if (parent.closest("script, style, template, noscript, .xdsoft_save_selected")) continue;
        found.push(walker.currentNode.textContent.trim());
    }
    const hints = ["placeholder", "aria-label", "title", "alt", "data-w-progress-active-value"];
    for (const hint of hints)
        for (const element of document.querySelectorAll(`[${hint}]`))
            found.push(element.getAttribute(hint));
    return [...new Set(found)].filter(Boolean);
}"""
MENU = "[...document.querySelectorAll('#wagtail-sidebar a[href]')].map(link => link.pathname)"
INSIDE = "[...document.querySelectorAll('main a[href]')].map(a => a.pathname + a.search)"
ANOTHER_PROGRAMME = re.compile(r"/(pages|images|documents|reports|logout|settings|download)/")


@pytest.fixture
def site(settings, live_server):
    """The demonstration: something on every screen."""
    settings.DEMO_CONTENT_ALLOWED = True
    # The flush between these tests takes what Wagtail's migrations made.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    pages.create(languages=["fi"])
    demo_content.create()
    return live_server.url


def log_in(page, site, role, *more):
    """Enter as the demonstration's person in the role, given more roles when asked."""
    login = next(login for login in demo.LOGINS if login.roles == (role,))
    user = get_user_model()._default_manager.get(username=login.username)
    user.groups.add(*Group.objects.filter(name__in=more))
    visitor = Visitor()
    visitor.force_login(user)
    cookie = {"name": "sessionid", "value": visitor.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": site}])


def english(page):
    return [
        (urlsplit(page.url).path, text)
        for text in page.evaluate(SEEN_AND_HEARD)
        if ENGLISH.search(NAME_OF_A_THING.sub("", text))
    ]


def shape(path):
    """An address without keys: one card stands for all."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|/\d+(?=/)", "", path.split("?")[0])


def refuse(page):
    """Send the form empty, past the browser's own check."""
    page.evaluate("document.querySelector('main form:not([role=search])').noValidate = true")
    for box in page.locator("main form :is(input, textarea)").all():
        if box.get_attribute("type") not in ("hidden", "checkbox", "radio") and box.is_visible():
            box.fill("")
    # Filled in by a script, each day leaves its calendar open, over the button too. A person who
    # goes on closes it by that; here the button is pressed beneath it.
    page.locator("footer [type=submit]").first.dispatch_event("click")
    page.wait_for_selector(".error-message, .messages .error")


@pytest.mark.parametrize("role", Role)
def test_the_first_screen_and_the_lists_of_a_role(page, site, role):
    log_in(page, site, role)
    page.goto("/admin/")
    found = english(page)
    for path in page.evaluate(MENU):
        if not ANOTHER_PROGRAMME.search(path):
            page.goto(path)
            found += english(page)
    assert not found, found


def test_every_card_form_and_history(page, site):
    """One person with all roles sees every screen of the register once."""
    log_in(page, site, Role.COUNSELLOR, *Role)
    page.goto("/admin/")
    waiting, seen, found = page.evaluate(MENU), {"/admin/", "/admin"}, []
    while waiting:
        path = waiting.pop(0)
        if shape(path) in seen or ANOTHER_PROGRAMME.search(path):
            continue
        seen.add(shape(path))
        assert page.goto(path).status == 200, path
        found += english(page)
        waiting += [link for link in page.evaluate(INSIDE) if link.startswith("/admin/")]
        if re.search("/(create|edit)/", path):
            refuse(page)
            found += english(page)
    assert len(seen) > 40
    assert not found, found


def test_the_login_page_and_the_pages_of_an_editor(page, site):
    page.goto("/admin/login/")
    found = english(page)
    page.fill("[name=username]", "joku")
    page.fill("[name=password]", "väärä")
    page.click("[type=submit]")
    found += english(page)
    log_in(page, site, Role.EDITOR)
    for path in ("images/", "documents/", "account/", "eiole/", "pages/"):
        page.goto(f"/admin/{path}")
        found += english(page)
    inside = page.evaluate(INSIDE)
    for path in {shape(link): link for link in inside if re.search(r"/pages/\d+/", link)}.values():
        page.goto(path)
        found += english(page)
    assert not found, found


def test_the_public_pages_and_the_page_that_is_not_there(page, site):
    found = []
    for path in ("/", "/tietosuojaseloste/", "/palaute/", "/palaute/?sent", "/eiole/"):
        page.goto(path)
        found += english(page)
    assert not found, found
