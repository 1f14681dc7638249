"""The register's name, and that the notice is there for everybody (C01–C03)."""

from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.links import section
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import CHAPTERS, Found, broken, kept, nothing_yet, promise

# The regulation and the act as their publishers address them.
LAWS = ("32016R0679", "2018/1050")
REPEALED = "523/1999"


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
    missing=_("the name on the staff's screens and in letters"),
)
def official_name(look: Look) -> Found:
    """The name in the settings is the one on the page."""
    name = look.controller.register_name
    if not name:
        return nothing_yet(_("The register has no name in the settings yet."))
    if not look.notice.says(name, inside="facts-register-name"):
        return broken(_("The register's name in the settings does not stand in the notice."))
    return kept(_("The notice has the register's name from the settings."))
