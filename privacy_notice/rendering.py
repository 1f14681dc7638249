"""The notice's content as HTML, from its text and one day's facts."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from privacy_notice import facts, slots
from privacy_notice.prose import inline_facts
from register.models import Controller

TEMPLATE = "privacy_notice/content.html"


def facts_of(controller: Controller, *, language: str) -> dict[str, Any]:
    """Return what the facts blocks say today, by the names under which templates know them.

    Strings, numbers, lists and dicts, in the language: they are stored with a version (C01).
    """
    with translation.override(language):
        return {
            "controller": facts.controller(controller),
            "categories": facts.categories(),
            "purposes": facts.purposes(),
            "recipients": facts.recipients(),
            "processors": facts.processors(),
            "retention": facts.retention(),
            "periods": inline_facts.periods(),
        }


def content(page: Any, told: Mapping[str, Any], *, language: str) -> str:
    """Return the HTML of the notice, without what is around it on every page of the site.

    Args:
        page: the page, or anything with its title, introduction, sections and day of review.
        told: facts, as `facts_of` gives them.

    The contact person and the years stand in it as slots, which `slots.fill` fills.
    """
    controller = slots.slotted(told["controller"])
    inside = inline_facts.as_told({**controller, **told.get("periods", {}), **slots.of_years()})
    with translation.override(language), inside:
        return render_to_string(
            TEMPLATE, {"page": page, "facts_of_day": {**told, "controller": controller}}
        )
