"""`manage.py after_restore`: a restored database learns what happened since (R15)."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.access_log import restored, trusted_day
from register.domain.erasure import ledger
from register.domain.operations import after_restore
from register.domain.operations.after_restore import Done
from register.domain.operations.keys import refuse_unknown
from register.exceptions import NoRecipient
from register.management.plain import PlainCommand
from register.reference.clock import today
from register.tasks.supervision import supervising


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Run it after a database was restored: it erases again whom the backup brought back, and "
        "marks what was exported since. Safe to stop and to repeat."
    )
    works_when_restored = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Only tell what would be done.")
        )
        parser.add_argument(
            "--anyway",
            action="store_true",
            help=_("Do it although the database does not look restored."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (restored.mismatch() or options["anyway"]):
            self.stdout.write(_("The database is not a restored one: there is nothing to do."))
            return
        refuse_unknown()
        with supervising() as alone:
            if not alone:
                raise CommandError(_("The worker runs: stop it first, then repeat this."))
            self.run_it(dry=options["dry_run"])

    def run_it(self, *, dry: bool) -> None:
        now = timezone.now()
        try:
            done = after_restore.run(today=today(), now=now, dry=dry)
        except NoRecipient:
            raise CommandError(
                _("There is no finance provider to whom the exports could have been sent: add one.")
            ) from None
        if dry:
            self.stdout.write(_("Dry run: nothing was changed."))
        self.stdout.write("\n".join(lines(done)))
        if dry:
            return
        self.stdout.write(_("Done. Start web and worker again."))
        if trusted_day.doubt(now=now, last_written=ledger.last_day()):
            self.stdout.write(_("Then confirm the day with confirm_day: the backup is old."))


def lines(done: Done) -> list[str]:
    """Return what was done, a line for each kind, and what a person has to look after."""
    told = [
        (_("Clients erased again: %(count)d"), done.clients),
        (_("Service orders erased again: %(count)d"), done.orders),
        (_("Holds released again: %(count)d"), done.holds),
        (_("Exported services marked as billed: %(count)d"), done.services),
        (_("Unknown export files removed: %(count)d"), done.files),
        (_("Sessions ended: %(count)d"), done.sessions),
    ]
    if done.torn:
        told.append((_("Lines of the erasure ledger that can't be read: %(count)d"), done.torn))
    if done.unknown:
        told.append(
            (_("Billed services of orders added after the backup: %(count)d"), done.unknown)
        )
    text = [line % {"count": count} for line, count in told]
    if done.unknown:
        text.append(
            _("Their export files name them. When you add them again, leave the price empty.")
        )
    text.append(
        _(
            "What people did after the backup is gone: new clients and notes, changes, closed "
            "accounts, changed passwords. Go through the accounts first."
        )
    )
    return text
