"""The README's screenshots: what is shown, how large, and on which day.

A browser test (tests/browser/test_screenshots.py) makes them and compares them with those of
this folder; `make screenshots` is that test, told to keep what it made.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from futuuri_site import demo

FOLDER = Path(__file__).parent / "screenshots"
SIZE = {"width": 1280, "height": 860}  # pixels
# The day of the demonstration, so that its dates are the same in every picture.
MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Helsinki"))


def notice(page: Page) -> None:
    """Go to the privacy notice, as the public reads it."""
    page.goto("/tietosuojaseloste/")


def client(page: Page) -> None:
    """Log in as a counsellor and go to the card of a client."""
    page.goto("/admin/login/")
    page.fill("[name=username]", demo.LOGINS[0].username)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("[type=submit]")
    page.goto("/admin/asiakkaat/")
    page.click("table.listing tbody a:has-text('Aada Esimerkki')")
    page.wait_for_load_state("networkidle")


SCREENS: dict[str, Callable[[Page], None]] = {"notice": notice, "client": client}
