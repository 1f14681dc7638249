"""`manage.py doctor`: what is not right yet on this server, and how to mend it."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from register.domain.operations.conditions import CONDITIONS, findings
from register.domain.operations.finding import Audience, Finding, Level
from register.management.plain import PlainCommand

MARKS = {
    Level.WELL: gettext_lazy("well"),
    Level.WARNING: gettext_lazy("WARNING"),
    Level.WRONG: gettext_lazy("WRONG"),
}
WIDTH = 9


class Command(PlainCommand):
    """Writes one line for each condition, and of what is not well also why and what to do.

    Run it as the user who runs web and worker: what another may do says nothing. It changes
    nothing, and fails as long as something is wrong.
    """

    help = gettext_lazy(  # type: ignore[assignment]
        "Tells what is not right yet on this server, and how to mend it."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings(now=timezone.now(), to=Audience.ADMINISTRATOR)
        for name, finding in found.items():
            self.stdout.write("\n".join(lines(name, finding)))
        if wrong := sum(finding.level is Level.WRONG for finding in found.values()):
            raise CommandError(
                ngettext(
                    "%(count)d thing is still to be mended.",
                    "%(count)d things are still to be mended.",
                    wrong,
                )
                % {"count": wrong}
            )
        self.stdout.write(_("Nothing is wrong."))


def lines(name: str, finding: Finding) -> Iterator[str]:
    """Yield what is written of one condition."""
    condition = CONDITIONS.get(name)
    title = condition.title if condition else _("Database")
    mend = condition.mend if condition else _("Start PostgreSQL; look at DATABASE_URL.")
    mark = f"{MARKS[finding.level]!s:<{WIDTH}}"
    if finding.level is Level.WELL:
        yield f"{mark}{title}"
        return
    yield f"{mark}{title}: {finding.told}"
    yield from (f"{'':<{WIDTH}}- {each}" for each in finding.details)
    if mend:
        yield f"{'':<{WIDTH}}" + _("To mend: %(how)s") % {"how": mend}
