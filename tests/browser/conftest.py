"""A real Chromium. Tests that ask for one are skipped, plainly, where there is none."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# Playwright's sync API runs an event loop in this thread, in which Django would refuse to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NO_CHROMIUM = "Browser tests were skipped because no Chromium was found."
SIZES = {320: 568, 390: 844, 1440: 900}  # width to height, in pixels


def find_chromium() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, one on the path, or Playwright's own."""
    from playwright.sync_api import sync_playwright

    named = os.environ.get("CHROMIUM")
    if named:
        return named
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """A running browser."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    if path is None:
        # CI sets REQUIRE_BROWSER: there, a missing browser is a failure.
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, live_server) -> Iterator:
    """`new_page(width=390, **context_options)` opens a page of the running site."""
    contexts = []

    def open_page(width: int = 1440, **options):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": SIZES[width]},
            locale="fi-FI",
            **options,
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page 1440 pixels wide."""
    return new_page()


@pytest.fixture(params=[390, 1440], ids=["phone", "desktop"])
def any_page(request, new_page):
    """A page as wide as a phone, then one as wide as a desktop."""
    return new_page(request.param)


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)
