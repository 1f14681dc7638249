"""Blocks of facts in the editor: the rows as they are today, locked, with where they are kept."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.blocks.static_block import StaticBlockAdapter
from wagtail.models import Site

from privacy_notice import rendering, slots
from privacy_notice.blocks import ControllerFactsBlock, FactsBlock
from register.models import Controller


class ShownFacts(StaticBlockAdapter):
    """What Wagtail's editor gets for a block of facts."""

    def js_args(self, block: FactsBlock) -> list[Any]:
        name, options = super().js_args(block)
        options.pop("text", None)
        return [name, options | {"html": shown(block)}]


def shown(block: FactsBlock) -> SafeString:
    """Return the block's rows as the page would print them, on a ground that says: not here."""
    address, words = kept_at(block)
    return render_to_string(
        "privacy_notice/admin/shown_facts.html",
        {
            "text": block.get_admin_text(),
            "address": address,
            "words": words,
            "rows": rows(block),
        },
    )


def rows(block: FactsBlock) -> SafeString:
    """Return what the block would print, were the page published now."""
    controller = Controller.for_site(Site.objects.get(is_default_site=True))
    told = rendering.facts_of(controller, language=get_language() or settings.LANGUAGE_CODE)
    slotted = told | {"controller": slots.slotted(told["controller"])}
    return slots.fill(block.render(None, {"facts_of_day": slotted}), told["controller"])


def kept_at(block: FactsBlock) -> tuple[str, str]:
    """Return the address of the screen where the facts are kept or looked at, and its words."""
    if isinstance(block, ControllerFactsBlock):
        address = reverse("wagtailsettings:edit", args=["register", "controller"])
        return address, _("Change them in the settings")
    return reverse("privacy_notice_promises"), _("See whether they are kept")


register(ShownFacts(), FactsBlock)
