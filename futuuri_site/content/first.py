"""What the first pages say, in each language, as their models take it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from privacy_notice.content import notice

FOLDER = Path(__file__).parent
# The site's own language comes first: the other pages are translations of its pages.
LANGUAGES = sorted(dict(settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE)


def controller() -> dict[str, str]:
    """Return the facts of the company, which are the same in every language."""
    facts: dict[str, str] = _read("controller")
    return facts


def home_page(language: str) -> dict[str, Any]:
    content: dict[str, Any] = _read(f"home_page.{language}")
    for kind, name in (("offer", "offers"), ("step", "steps")):
        content[name] = [{"type": kind, "value": point} for point in content[name]]
    content["closing"] = _html(content["closing"])
    return content


def feedback_page(language: str) -> dict[str, Any]:
    """Return the fields of the page, with its "questions" beside them."""
    content: dict[str, Any] = _read(f"feedback_page.{language}")
    for name in ("intro", "privacy", "thanks"):
        content[name] = _html(content[name])
    return content


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _html(paragraphs: list[str]) -> str:
    return "\n".join(paragraphs)


@cache
def addresses(language: str) -> list[tuple[str, str]]:
    """Return the addresses and titles that the first pages start with; the home page's first."""
    pages = [notice(language), feedback_page(language)]
    below = [("", home_page(language)["title"]), *((f"{p['slug']}/", p["title"]) for p in pages)]
    with translation.override(language):
        return [(reverse("wagtail_serve", args=[path]), title) for path, title in below]
