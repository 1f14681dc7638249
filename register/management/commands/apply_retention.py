"""`manage.py apply_retention`: the January run by hand, or what it would do (C44, R11)."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.retention import runs
from register.exceptions import DayInDoubt
from register.management.plain import PlainCommand
from register.models import ErasureList
from register.reference import clock
from register.wagtail_admin.retention import erasure_lists


class Command(PlainCommand):
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
        now = timezone.now()
        today = the_day(options["today"], may_be_ahead=dry)
        try:
            run = runs.apply(today=today, now=now, dry=dry)
        except DayInDoubt:
            raise CommandError(
                _(
                    "The clock is in doubt, so nothing is erased. Correct it, or confirm the day: "
                    "on the first screen, or with manage.py confirm_day."
                )
            ) from None
        write = self.stdout.write
        if dry:
            write(_("Dry run: nothing was changed."))
        for text, count in (
            (_("Clients erased: %(count)d"), run.clients_erased),
            (_("Service orders erased: %(count)d"), run.orders_erased),
            (_("Clients that wait for their list: %(count)d"), run.clients_waiting),
            (_("Service orders that wait for their list: %(count)d"), run.orders_waiting),
            (_("Clients on hold: %(count)d"), run.clients_held),
            (_("Clients deferred for billing: %(count)d"), run.clients_deferred),
            (_("Feedback erased: %(count)d"), run.feedback_erased),
            (_("Bookkeeping rows erased: %(count)d"), run.vouchers_erased),
            (_("Export files removed: %(count)d"), run.files_removed),
        ):
            write(text % {"count": count})
        for each in ErasureList.objects.waiting(now).order_by("erases_at"):
            write(erasure_lists.in_words(each, now=now))
        if run.clients_failed or run.finished_at is None:
            raise CommandError(
                _(
                    "Errors: %(clients)d clients were passed over and %(steps)d steps failed. "
                    "The next run tries again; the log names the kinds of error."
                )
                % {"clients": run.clients_failed, "steps": run.steps_failed}
            )
        if not dry:
            write(_("The retention run is finished."))


def the_day(typed: str | None, *, may_be_ahead: bool) -> date:
    """Return the day that was typed, or today. CommandError when it is none, or ahead."""
    today = clock.today()
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
