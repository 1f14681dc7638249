"""Counting what an act costs: clicks, filled fields and page loads, from one point to another."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """What an act took; a radio or a tick is a click, and so is a button."""

    clicks: int
    fields: int
    loads: int


class Counter:
    """Does what a person does on the page, and counts it from the moment it is made.

    A field that is filled once more counts once more. A key such as Enter is neither.
    """

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = self.fields = self.loads = 0
        page.on("domcontentloaded", self._count_load)

    def click(self, where: Any) -> None:
        self.clicks += 1
        self._locator(where).click()

    def fill(self, where: Any, text: str) -> None:
        """Fill a field, as by typing."""
        self.fields += 1
        self._locator(where).fill(text)

    def choose(self, where: Any, value: str) -> None:
        """Choose from a list, which is filling a field."""
        self.fields += 1
        self._locator(where).select_option(value)

    def cost(self) -> Cost:
        """Return what it took so far, when the page has loaded."""
        self.page.wait_for_load_state()
        return Cost(self.clicks, self.fields, self.loads)

    def _locator(self, where: Any) -> Any:
        return self.page.locator(where) if isinstance(where, str) else where

    def _count_load(self, _page: Any) -> None:
        self.loads += 1
