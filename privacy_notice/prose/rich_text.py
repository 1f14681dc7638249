"""Facts in Wagtail's rich text: stored as `<embed embedtype="fact" name="phone"/>`.

The page expands them, the editor shows what they print and can't change it.
"""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from privacy_notice.prose.inline_facts import as_html, printed
from privacy_notice.prose.tokens import FEATURE, label
from privacy_notice.prose.views import FACTS

ENTITY = "FACT"


class FactHandler(EmbedHandler):
    """What the page shows in a fact's place."""

    identifier = FEATURE

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        (html,) = cls.expand_db_attributes_many([attrs])
        return html

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        names = [attrs.get("name", "") for attrs in attrs_list]
        return [as_html(name, text) for name, text in zip(names, printed(names), strict=True)]


class FactElementHandler(InlineEntityElementHandler):
    """A stored fact as the editor gets it: its text, which can only be removed as a whole."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"name": attrs.get("name", "")}

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        fact = dict(attrs).get("name", "")
        (text,) = printed([fact])
        state.current_block.text += text or f"[{label(fact)}]"
        state.leading_whitespace = KEEP_WHITESPACE
        super().handle_endtag(name, state, contentstate)

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        """Nothing stands inside."""


def as_stored(props: dict[str, Any]) -> Any:
    """Return the element for a fact in the editor, whatever text was shown for it."""
    return DOM.create_element("embed", {"embedtype": FEATURE, "name": props.get("name", "")})


def register(features: FeatureRegistry) -> None:
    """Make the feature known to Wagtail, for the fields that name it."""
    features.register_embed_type(FactHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "tag",
                "description": _("Fact"),
                "attributes": ["name"],
                "url": reverse_lazy(FACTS),
                "cancel": _("Cancel"),
                "refusals": {
                    "table": _(
                        "Nothing was pasted: a table can't be taken over. "
                        "Paste its rows as a list, or place a block that shows the facts."
                    ),
                    "struck": _(
                        "Nothing was pasted: a part of the text is struck out, "
                        "and would come back as if it still held. "
                        "Accept or remove the changes in Word, and paste again."
                    ),
                },
            },
            js=["privacy_notice/prose.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'embed[embedtype="{FEATURE}"]': FactElementHandler(ENTITY),
            },
            "to_database_format": {"entity_decorators": {ENTITY: as_stored}},
        },
    )
