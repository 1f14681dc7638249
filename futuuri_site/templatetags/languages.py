"""The languages of a page: where it says the same in another, and where its home page is."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from futuuri_site.content import first

register = template.Library()


@dataclass(frozen=True, kw_only=True, slots=True)
class InLanguage:
    """A page in one language.

    Attributes:
        code: of the language.
        name: what those who speak it call it.
        address: where the page is, on this site.
        full_address: the same with the site.
        here: whether it is the page that is being read.
    """

    code: str
    name: str
    address: str
    full_address: str
    here: bool


@register.simple_tag(takes_context=True)
def home_here(context: Context) -> Any:
    """Return the home page above what is read; None where nothing is known of the site.

    A page below a home page that is a draft still has its own tree around it; what is missing
    has the one that is published, in the language that is spoken or in the site's own.
    """
    site, page = context.get("current_site"), context.get("page")
    if not site:
        return None
    root = site.root_page
    if page and page.locale_id == root.locale_id:
        return root
    return root.localized_draft if page else root.localized


@register.simple_tag(takes_context=True)
def home_address(context: Context) -> str:
    """Return the address of the home page that `home_here` found, or of the site's own.

    Where nothing is known of the site, that of the language that is spoken.
    """
    home = context.get("home")
    if not home:
        return known_addresses()[0][0]
    shown = home if home.live else context["current_site"].root_page
    return str(shown.get_url(context.get("request")))


@register.simple_tag
def known_addresses() -> list[tuple[str, str]]:
    """Return addresses and titles of the first pages, which are known without the database."""
    return first.addresses(get_language() or first.LANGUAGES[0])


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[InLanguage]:
    """Return the page in each language in which the public can read it, its own included.

    Where there is no page, as for what is missing, it is the home page. Empty where nothing is
    known of the site. A page may name the `route` below it that is being read: it is then the
    page of that name below each translation.
    """
    page = context.get("page") or context.get("home")
    if not page or not page.pk:
        return []
    live = page.get_translations().live().select_related("locale")
    by_code = {each.locale.language_code: each for each in (*live, page)}
    return [
        _in_language(by_code[code], context, here=by_code[code] is page)
        for code in first.LANGUAGES
        if code in by_code
    ]


def _in_language(page: Any, context: Context, *, here: bool) -> InLanguage:
    code, request = page.locale.language_code, context.get("request")
    with translation.override(code):
        below = page.reverse_subpage(context["route"]) if context.get("route") else ""
    return InLanguage(
        code=code,
        name=capfirst(get_language_info(code)["name_local"]),
        address=f"{page.get_url(request)}{below}",
        full_address=f"{page.get_full_url(request)}{below}",
        here=here,
    )
