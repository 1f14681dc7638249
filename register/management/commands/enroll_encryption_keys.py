"""`manage.py enroll_encryption_keys`: a new key is made known to the database (C18)."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.operations import keys
from register.exceptions import KeyUnknown
from register.management.plain import PlainCommand
from register.reference.clock import today


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Makes new encryption keys of the settings known to the database, before they are used."
    )
    works_when_restored = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--give-up",
            metavar="ID",
            help="start without this key: it is lost for good, and so is what it encrypted",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if lost := options["give_up"]:
                count = keys.give_up(lost, today=today())
                self.stdout.write(
                    _("Without the key %(key)s, %(count)d values can't be read any more.")
                    % {"key": lost, "count": count}
                )
            new = keys.enroll(today=today())
        except KeyUnknown as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            _("Enrolled: %(keys)s. Restart web and worker now.") % {"keys": ", ".join(new)}
            if new
            else _("No key is new.")
        )
        if left := list(keys.problems()):
            raise CommandError("\n".join(left))
