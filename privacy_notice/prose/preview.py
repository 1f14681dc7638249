"""Wagtail's checks of a page's content, with ours among them: they run in the preview alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from privacy_notice.prose.reading import LONG_SENTENCE, LONGEST_SENTENCE, VAGUE_LINK

# The texts are looked at by `reading`, which marks what it finds. axe then only reports the
# marks, by a check that none of them passes.
MARKED = "found-by-the-register"
OURS = {
    "long-sentence": LONG_SENTENCE,
    "vague-link": VAGUE_LINK,
}


class Checks(ContentCheckerItem):
    """What Wagtail checks, long sentences, and links that don't say where they lead."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *OURS]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": name,
                "impact": "moderate",
                "selector": f"[{mark}]",
                "tags": ["best-practice"],
                "any": [MARKED],
                "enabled": True,
            }
            for name, mark in OURS.items()
        ),
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        {
            "id": MARKED,
            "evaluate": "attr-non-space-content-evaluate",
            "options": {"attribute": "data-passed-by-the-register"},
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "long-sentence": {
            "error_name": _("A sentence is hard to follow"),
            "help_text": _("It has more than %(words)d words: make two of it")
            % {"words": LONGEST_SENTENCE},
        },
        "vague-link": {
            "error_name": _("A link does not say where it leads"),
            "help_text": _("Use words that can be understood without those around them"),
        },
    }


def replace_checks(items: list[Any]) -> None:
    """Put our checks in the place of Wagtail's in a list of userbar items."""
    items[:] = [
        Checks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
