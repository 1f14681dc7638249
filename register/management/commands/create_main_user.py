"""Make the first main user of a new register."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import SYSTEM
from register.domain.staff.accounts import add_staff_member
from register.management.commands.let_in import give_link
from register.management.plain import PlainCommand
from register.models.staff import Role
from register.reference.clock import today

QUESTIONS = {
    "username": gettext_lazy("User name"),
    "email": gettext_lazy("E-mail address"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
}


class Command(PlainCommand):
    """Asks for what is not given, and prints a link by which the owner sets the password.

    Whoever runs it on the server is not the main user, and knows no password of theirs.
    """

    help = gettext_lazy(  # type: ignore[assignment]
        "Adds an account with the role of main user, who then adds the others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if not sys.stdin.isatty() and (
            missing := [name for name in QUESTIONS if not options[name]]
        ):
            needed = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
            raise CommandError(
                _("Without a terminal, give %(missing)s as well.") % {"missing": needed}
            )
        answers = {
            name: options[name] or input(f"{question}: ") for name, question in QUESTIONS.items()
        }
        try:
            with transaction.atomic():
                member = add_staff_member(
                    **answers, roles=[Role.MAIN_USER], by=SYSTEM, today=today()
                )
                given = give_link(member)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(
            _(
                "Main user %(member)s was added. Give the owner this link: it works once, and sets "
                "the password. Then log in, and record agreement and training of each person."
            )
            % {"member": member}
        )
        self.stdout.write(given.address)
