"""The screenshots: what is shown, how large, in which way, and on which day.

The README shows two of them; the others keep the notice as it looks on phones, in a wide window,
in forced colours and on paper.

A browser test (tests/browser/test_screenshots.py) makes them and compares them with those of
this folder; `make screenshots` is that test, told to keep what it made.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from futuuri_site import demo

FOLDER = Path(__file__).parent / "screenshots"
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


class Screen(NamedTuple):
    """How to go to a screen, and how it is looked at; sizes in pixels."""

    go: Callable[[Page], None]
    width: int = 1280
    height: int = 860
    media: Literal["screen", "print"] = "screen"
    forced_colours: bool = False


SCREENS = {
    "notice": Screen(notice),
    "notice-320": Screen(notice, width=320, height=568),
    "notice-390": Screen(notice, width=390, height=844),
    "notice-1440": Screen(notice, width=1440, height=900),
    "notice-forced-colours": Screen(notice, forced_colours=True),
    "notice-on-paper": Screen(notice, width=658, height=979, media="print"),
    "client": Screen(client),
}
