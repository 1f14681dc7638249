"""`manage.py check_derived_keys`: whether each row is found and ordered by what it holds."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.operations import derived_keys
from register.management.plain import PlainCommand


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Compares the keys that searching and ordering go by with what they are derived from."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help=_("Make wrong keys anew."))

    def handle(self, *args: Any, **options: Any) -> None:
        counts = derived_keys.mend()[0] if options["mend"] else derived_keys.count_stale()
        for model, count in counts.items():
            self.stdout.write(
                _("%(model)s: %(count)d with a wrong key") % {"model": model, "count": count}
            )
        if counts and not options["mend"]:
            raise CommandError(_("Run it again with --mend."))
