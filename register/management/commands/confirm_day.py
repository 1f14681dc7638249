"""`manage.py confirm_day`: what waits because the clock may have jumped goes on (C44)."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import SYSTEM
from register.domain.operations import doubtful_day
from register.management.plain import PlainCommand
from register.reference.clock import today


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Confirms that the machine's clock is right, so that erasing, billing and publishing go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", metavar="YYYY-MM-DD", help="today, as a calendar says")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["day"] != str(today()):
            raise CommandError(
                _("The clock says %(day)s. Correct it first, if that is wrong.") % {"day": today()}
            )
        doubtful_day.answer(is_right=True, seen=None, by=SYSTEM, today=today(), now=timezone.now())
        self.stdout.write(_("Confirmed: %(day)s. What waited goes on.") % {"day": today()})
