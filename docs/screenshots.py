"""Make the README's screenshots from a running demonstration (`make run`)."""

import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from futuuri_site import demo
from tests.browser.conftest import QUIET, find_chromium

BASE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
FOLDER = Path(__file__).parent / "screenshots"


def log_in(page: Page, username: str) -> None:
    page.goto(f"{BASE}/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("[type=submit]")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="fi-FI")
        page.goto(f"{BASE}/tietosuojaseloste/")
        page.screenshot(path=FOLDER / "notice.png")
        log_in(page, demo.LOGINS[0].username)
        page.goto(f"{BASE}/admin/asiakkaat/")
        page.click("table.listing tbody a >> nth=0")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "client.png")
        browser.close()


if __name__ == "__main__":
    main()
