"""The template tag around a page's finished content."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from privacy_notice.prose import reading
from register.text import typesetting

register = template.Library()


@register.simple_block_tag(takes_context=True)
def typeset(context: Context, content: str) -> SafeString:
    """`{% typeset %}…{% endtypeset %}`: lines end where they may, in the `language` of the context.

    In a preview, what reads badly is marked for the editor; the public gets no mark.
    """
    if getattr(context.get("request"), "is_preview", False):
        content = reading.marked(content)
    return mark_safe(typesetting.typeset(content, language=context["language"]))  # noqa: S308
