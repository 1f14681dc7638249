"""The public pages in a real browser: accessible, readable on a phone, no script, no stranger."""

import json
import math
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.utils import translation

from futuuri_site.content import pages
from privacy_notice.models import NoticeVersion, PrivacyNoticePage, Withdrawal
from register.models import Feedback
from register.reference.clock import today
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db(transaction=True)
FAULTS = ["400.html", "403.html", "403_csrf.html", "500.html", "503.html"]
PATHS = ["/", "/tietosuojaseloste/", "/palaute/", "/palaute/?sent"]
VERSIONS = ["versiot/", "versiot/1/"]
FINNISH = [*PATHS, "/eiole/", *(f"/tietosuojaseloste/{each}" for each in VERSIONS)]
# The same pages in each language.
EVERY = {
    "fi": FINNISH,
    "sv": [
        "/sv/",
        "/sv/dataskyddsbeskrivning/",
        "/sv/respons/",
        "/sv/respons/?sent",
        "/sv/finns-inte/",
        "/sv/dataskyddsbeskrivning/versioner/",
        "/sv/dataskyddsbeskrivning/versioner/1/",
    ],
    "en": [
        "/en/",
        "/en/privacy-notice/",
        "/en/feedback/",
        "/en/feedback/?sent",
        "/en/nowhere/",
        "/en/privacy-notice/versions/",
        "/en/privacy-notice/versions/1/",
    ],
}


@pytest.fixture(autouse=True)
def content(live_server):
    pages.create()


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(new_page, width, scheme):
    page = new_page(width, color_scheme=scheme, bypass_csp=True)
    for path in FINNISH:
        page.goto(path)
        assert violations(page) == [], path


@pytest.mark.parametrize("language", EVERY)
def test_axe_finds_nothing_in_any_language_at_any_width(new_page, language):
    for options in ({"width": 320}, {"width": 390, "forced_colors": "active"}, {"width": 1440}):
        page = new_page(bypass_csp=True, **options)
        for path in EVERY[language]:
            page.goto(path)
            assert violations(page) == [], (path, options)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= options["width"], (path, options)


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("language", EVERY)
def test_the_keyboard_walks_through_each_page_and_shows_where_it_is(new_page, language, width):
    """Each stop is reached once, in the page's order, is in sight, and shows that it is there."""
    page = new_page(width, reduced_motion="reduce")
    for path in EVERY[language]:
        page.goto(path)
        walk(page)


def walk(page):
    """Go through the page by keyboard."""
    stops = page.evaluate(STOPS)
    walked = []
    for _stop in stops:
        page.keyboard.press("Tab")
        walked.append(page.evaluate(HERE))
    assert [stop["what"] for stop in walked] == stops, page.url
    assert all(stop["shown"] and stop["seen"] for stop in walked), (page.url, walked)


# What takes the keyboard, in order: of radio buttons of one name the first alone.
STOPS = """() => {
    const taking = "a[href], button, input:not([type=hidden]), textarea";
    const all = [...document.querySelectorAll(taking)];
    const first = each => each.type !== "radio"
        || document.querySelector(`input[name="${each.name}"]`) === each;
    return all.filter(first).map(each => each.outerHTML.slice(0, 80));
}"""
HERE = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    return {
        what: here.outerHTML.slice(0, 80),
        shown: parseFloat(getComputedStyle(here).outlineWidth) >= 2
            || getComputedStyle(here).outlineStyle === "auto",
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""


def test_a_reader_changes_the_language_by_keyboard_without_a_script(new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto("/tietosuojaseloste/")
    for name, path in (
        ("Svenska", "/sv/dataskyddsbeskrivning/"),
        ("English", "/en/privacy-notice/"),
        ("Suomi", "/tietosuojaseloste/"),
    ):
        page.get_by_role("link", name=name, exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{path}")
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500", "503"])
def test_axe_finds_nothing_on_a_page_for_what_went_wrong(new_page, name):
    page = new_page(390, bypass_csp=True)
    html = render_to_string(f"{name}.html")
    page.route("**/vika/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/vika/")
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vika/#content")


def test_axe_finds_nothing_in_forced_colours(new_page):
    page = new_page(390, forced_colors="active", bypass_csp=True)
    for path in [*PATHS, "/eiole/"]:
        page.goto(path)
        assert violations(page) == [], path


# Addresses of the notice and its versions, and of the feedback form.
RARE = {
    "fi": ("/tietosuojaseloste/versiot/", "/palaute/"),
    "sv": ("/sv/dataskyddsbeskrivning/versioner/", "/sv/respons/"),
    "en": ("/en/privacy-notice/versions/", "/en/feedback/"),
}


def test_axe_finds_nothing_on_what_few_readers_meet(new_page, live_server):
    """Two versions compared, one withdrawn, a refused form, and what a fault is told by."""
    page = new_page(390, bypass_csp=True, reduced_motion="reduce")
    for language, (versions, form) in RARE.items():
        notice = PrivacyNoticePage.objects.get(locale__language_code=language)
        for title in ("Väliotsikko", "Uusi otsikko"):
            publish_notice(notice, title=title)
        second = NoticeVersion.objects.of(notice).get(number=2)
        Withdrawal.objects.create(notice_version=second, reason="Fel text", withdrawn_on=today())
        for path in (f"{versions}1-3/", f"{versions}2/"):
            assert page.goto(path).status == 200
            assert violations(page) == [], path
            page.reload()
            walk(page)
        page.goto(form)
        page.locator("textarea").first.fill("x" * 5001)
        page.locator("main button").click()
        assert page.locator(".error-summary").is_visible()
        assert violations(page) == [], form
        for name in FAULTS:
            with translation.override(language):
                html = render_to_string(name)
            assert f'lang="{language}"' in html
            page.set_content(html)
            assert violations(page) == [], (language, name)


def test_nothing_is_wider_than_a_phone(new_page):
    for width in (320, 390, 1440):
        page = new_page(width)
        for path in [*PATHS, "/eiole/"]:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_request_stays_on_the_site_and_none_is_refused(page, live_server):
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    for path in PATHS:
        # Leaving a page while its icon is still on the way would cancel that request.
        page.goto(path, wait_until="networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server.url).netloc}
    assert complaints == []


def test_a_reader_is_left_without_a_cookie(page):
    for path in ("/", "/tietosuojaseloste/"):
        page.goto(path)
    assert page.context.cookies() == []


def test_feedback_is_sent_without_a_script(new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto("/")
    page.locator(".linked-pages a", has_text="Anna palautetta").click()
    page.get_by_label("Hyvin", exact=True).check()
    page.locator("textarea").first.fill("x" * 5001)
    page.locator("main button").click()
    assert page.get_by_label("Hyvin", exact=True).is_checked()
    assert len(page.locator("textarea").first.input_value()) == 5001
    page.locator("textarea").first.fill("Sain rauhassa miettiä.")
    page.locator("main button").click()
    assert page.locator("h1").inner_text() == "Kiitos palautteestasi"
    assert [answer for _question, answer in json.loads(Feedback.objects.get().answers)] == [
        "Hyvin",
        "Sain rauhassa miettiä.",
    ]


def test_the_contents_lead_to_a_section_without_a_script(new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto("/tietosuojaseloste/")
    page.locator(".contents a", has_text="Yhteyshenkilö").click()
    assert page.url.endswith("#yhteyshenkilo")
    assert page.locator("#yhteyshenkilo h2").is_visible()


def test_the_contents_stay_in_sight_on_a_wide_screen(new_page):
    # Without smooth scrolling, which would still be on its way.
    page = new_page(1440, reduced_motion="reduce")
    page.goto("/tietosuojaseloste/#oikeudet")
    assert page.evaluate("scrollY") > 1000
    assert 0 <= page.locator(".contents").bounding_box()["y"] < 200


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_a_button_is_one_in_forced_colours(new_page):
    page = new_page(forced_colors="active")
    for path in ("/palaute/", "/eiole/"):
        page.goto(path)
        button = page.locator("main .button").first
        assert button.evaluate("b => parseFloat(getComputedStyle(b).borderTopWidth)") >= 2, path


def test_a_long_word_parts_on_a_phone_and_never_on_a_wide_screen(new_page):
    lines = """() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector("h1"));
        return new Set([...range.getClientRects()].map(box => box.top)).size;
    }"""
    for width, expected in ((320, 2), (1440, 1)):
        page = new_page(width)
        page.goto("/tietosuojaseloste/")
        heading = page.locator("h1")
        assert heading.text_content() == "Tieto\xadsuoja\xadseloste"
        # As large as in the widest font that a reader may have.
        heading.evaluate("h1 => { h1.style.fontSize = '2.75rem'; }")
        assert page.evaluate(lines) == expected


A4 = {"width": 658, "height": 979}  # in pixels, without the margins


def test_no_sheet_of_the_notice_is_half_empty(page):
    page.goto("/tietosuojaseloste/")
    page.set_viewport_size(A4)
    sheets = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="print")
    height = page.evaluate("document.body.scrollHeight")
    # What must not be torn apart costs a sheet over all, not one each.
    assert sheets <= math.ceil(height / A4["height"]) + 1, (sheets, height)
