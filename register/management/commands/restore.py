"""`manage.py restore`: a backup comes back, and `after_restore` follows (R13, R15)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.operations.backups import restoring
from register.domain.operations.backups.contents import About
from register.exceptions import BackupFailed
from register.files import age
from register.management.plain import PlainCommand
from register.tasks.supervision import supervising


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Replaces the database by that of a backup, and puts private files and media back. The "
        "register then stands still until after_restore has run."
    )
    requires_system_checks: list[str] = []
    works_when_restored = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help=_("the backup's file"))
        parser.add_argument(
            "--identity",
            type=Path,
            required=True,
            metavar="FILE",
            help=_("the file with the private key, as age-keygen writes it"),
        )
        parser.add_argument(
            "--check", action="store_true", help=_("Only see whether the backup is whole.")
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help=_("Replace a database that has people in it."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for file in (options["identity"], options["backup"]):
            refuse_unreadable(file)
        try:
            keys = age.identities(options["identity"])
            with options["backup"].open("rb") as file, supervising() as alone:
                about = restoring.check(file, keys)
                self.stdout.write(told(about))
                if options["check"]:
                    return
                restoring.refuse(about)
                if not alone:
                    raise CommandError(_("The worker runs: stop it first, then repeat this."))
                if restoring.is_in_use() and not options["replace"]:
                    raise CommandError(
                        _("The database has people in it. To replace it, add --replace.")
                    )
                restoring.restore(file, keys, about)
        except BackupFailed as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_("Restored. Now run migrate, and then after_restore."))


def refuse_unreadable(file: Path) -> None:
    """Raise CommandError, by name, for a file that is not there or not for this user to read."""
    try:
        file.open("rb").close()
    except PermissionError:
        reason = _("%(file)s: the register's own user may not read this file.")
    except OSError:
        reason = _("%(file)s: there is no such file. Give its whole path, from / on.")
    else:
        return
    raise CommandError(reason % {"file": file}) from None


def told(about: About) -> str:
    """Return when the backup was taken, in Helsinki's time."""
    moment = parse_datetime(about.taken_at)
    day = date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else about.taken_at
    return _("The backup is whole. It was taken on %(moment)s.") % {"moment": day}
