"""The template filter for lines that end where they may."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from register.text import typesetting

register = template.Library()


@register.filter(is_safe=True)
def typeset(html: str, language: str) -> SafeString:
    """`{% filter typeset:language %}…{% endfilter %}` around finished HTML."""
    return mark_safe(typesetting.typeset(html, language=language))  # noqa: S308
