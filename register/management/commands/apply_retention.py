"""`manage.py apply_retention`: the January run by hand, or what it would do (C44)."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain import retention


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Erases what is past its retention time. Safe to stop and to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Only count what would be erased.")
        )
        parser.add_argument(
            "--today", metavar="YYYY-MM-DD", help=_("The date of the run; by default today.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry = options["dry_run"]
        run = retention.apply(today=the_day(options["today"], may_be_ahead=dry), dry=dry)
        write = self.stdout.write
        write(_("Dry run: nothing was changed.") if dry else _("The retention run is finished."))
        for text, count in (
            (_("Clients erased: %(count)d"), run.clients_erased),
            (_("Service orders erased: %(count)d"), run.orders_erased),
            (_("Clients on hold: %(count)d"), run.clients_held),
            (_("Clients deferred for billing: %(count)d"), run.clients_deferred),
            (_("Feedback erased: %(count)d"), run.feedback_erased),
            (_("Bookkeeping rows erased: %(count)d"), run.vouchers_erased),
            (_("Export files removed: %(count)d"), run.files_removed),
        ):
            write(text % {"count": count})
        if run.clients_failed or run.steps_failed:
            raise CommandError(
                _(
                    "Errors: %(clients)d clients were passed over and %(steps)d steps failed. "
                    "The next run tries again; the log names the kinds of error."
                )
                % {"clients": run.clients_failed, "steps": run.steps_failed}
            )


def the_day(typed: str | None, *, may_be_ahead: bool) -> date:
    """Return the day that was typed, or today. CommandError when it is none, or ahead."""
    today = timezone.localdate()
    if typed is None:
        return today
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise CommandError(
            _("“%(typed)s” is not a date. Write it as YYYY-MM-DD, such as 2027-01-01.")
            % {"typed": typed}
        ) from None
    if day > today and not may_be_ahead:
        raise CommandError(
            _("%(day)s is in the future. Only a dry run may look ahead: add --dry-run.")
            % {"day": day.isoformat()}
        )
    return day
