"""Export what is billable to the finance provider, now: `manage.py export_billing`."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.access.standing import SYSTEM
from register.domain.billing import exporting
from register.exceptions import NoRecipient, NotPromised
from register.management.plain import PlainCommand
from register.reference import clock


class Command(PlainCommand):
    help = "Write the billing file of what is delivered and not yet exported (C24, C25)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", metavar="YYYY-MM-DD", help="export as of this day")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            batch = exporting.export(today=_day(options["today"]), by=SYSTEM)
        except NoRecipient:
            raise CommandError(
                _("No finance provider is in use under a valid contract: nothing was exported.")
            ) from None
        except NotPromised:
            raise CommandError(
                _("The file would not hold what the notice promises: nothing was exported.")
            ) from None
        if batch is None:
            self.stdout.write(_("Nothing to export."))
            return
        self.stdout.write(
            ngettext(
                "Export batch %(batch)s: %(count)d billed service.",
                "Export batch %(batch)s: %(count)d billed services.",
                batch.row_count,
            )
            % {"batch": batch, "count": batch.row_count}
        )


def _day(typed: str | None) -> date:
    """Return the day that was typed, or today. CommandError when it is none, or in the future."""
    today = clock.today()
    if typed is None:
        return today
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise CommandError(
            _("“%(typed)s” is not a day. Write it as YYYY-MM-DD.") % {"typed": typed}
        ) from None
    if day > today:
        raise CommandError(_("%(day)s is in the future.") % {"day": day.isoformat()})
    return day
