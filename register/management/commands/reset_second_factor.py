"""`manage.py reset_second_factor USERNAME`: where no main user is left to do it (C36)."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import SYSTEM
from register.domain.staff import second_factor
from register.management.commands.let_in import named
from register.management.plain import PlainCommand
from register.reference.clock import today


class Command(PlainCommand):
    """Takes all second factors from an account whose owner has lost them."""

    help = gettext_lazy(  # type: ignore[assignment]
        "Takes the second factor from an account, when no main user can: its owner sets a new one "
        "up at the next log-in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *args: Any, **options: Any) -> None:
        second_factor.reset_second_factor(
            member=named(options["username"]), seen=None, by=SYSTEM, today=today()
        )
        self.stdout.write(
            _("The second factor was reset. Its owner gets a mail; say so in person as well.")
        )
        self.stdout.write(
            _("The log of use and the data protection contact's list say that it was made here.")
        )
