"""The register's name, and that the notice is there for everybody (C01–C03)."""

from html import unescape
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Site

from privacy_notice.promises.links import section
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import CHAPTERS, Found, broken, kept, nothing_yet, promise

# The regulation and the act as their publishers address them.
LAWS = ("32016R0679", "2018/1050")
REPEALED = "523/1999"
NAME_PANEL = "register_name"


@promise("C01", _("Anyone can read the notice"), seen_at=section())
def public(look: Look) -> Found:
    """A visitor without an account gets it, in its language, with all its chapters."""
    if not look.page.live or look.page.get_view_restrictions().exists():
        return broken(_("The notice is not published to everybody."))
    sections = len(look.notice.sections)
    if sections < len(CHAPTERS):
        return broken(
            _("The published notice has %(count)d sections, and there have to be %(all)d."),
            count=sections,
            all=len(CHAPTERS),
        )
    if look.notice.language != look.page.locale.language_code:
        return broken(_("The published notice names another language than its own."))
    return kept(
        _("A visitor without an account gets the notice, with %(count)d sections."), count=sections
    )


@promise("C02", _("The law it follows is named"), seen_at=section())
def law(look: Look) -> Found:
    """The regulation and the national act in force are linked, the repealed one is not named."""
    missing = [law for law in LAWS if not any(law in link for link in look.notice.links)]
    if missing:
        return broken(_("The notice does not link to the law that it follows."))
    if look.notice.says(REPEALED):
        return broken(_("The notice names an act that was repealed."))
    return kept(_("The notice links to the regulation and to the act in force."))


@promise(
    "C03",
    _("The register has one official name"),
    seen_at=section("nimi"),
)
def official_name(look: Look) -> Found:
    """The name in the settings is the one on the page, and on the staff's first screen."""
    name = look.controller.register_name
    if not name:
        return nothing_yet(_("The register has no name in the settings yet."))
    if not look.notice.says(name, inside="facts-register-name"):
        return broken(_("The register's name in the settings does not stand in the notice."))
    if name not in first_screen(look.page.get_site()):
        return broken(_("The register's name does not stand on the staff's first screen."))
    return kept(_("The notice and the staff's first screen have the register's name."))


def first_screen(site: Site) -> str:
    """Return what the staff's first screen says of the register, before anything of a person."""
    request = RequestFactory(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port)).get("/")
    request.user = AnonymousUser()
    panels: list[Any] = []
    for add_to in hooks.get_hooks("construct_homepage_panels"):
        add_to(request, panels)
    shown = [panel.render_html({}) for panel in panels if panel.name == NAME_PANEL]
    return unescape("".join(shown))
