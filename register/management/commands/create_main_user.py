"""Make the first main user of a new register."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from register.access.standing import SYSTEM
from register.domain.staff.accounts import add_staff_member
from register.management.plain import PlainCommand
from register.models.staff import Role
from register.reference.clock import today

QUESTIONS = {
    "username": "User name",
    "email": "E-mail address",
    "first_name": "First name",
    "last_name": "Last name",
}


class Command(PlainCommand):
    """Asks for what is not given. The password comes from a prompt or standard input only,

    never from an argument, which other users of the machine can read.
    """

    help = "Adds an account with the role of main user, who then adds the others."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if not sys.stdin.isatty() and (
            missing := [name for name in QUESTIONS if not options[name]]
        ):
            needed = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
            raise CommandError(
                f"Without a terminal, give {needed} as well, and the password on standard input."
            )
        answers = {
            name: options[name] or input(f"{question}: ") for name, question in QUESTIONS.items()
        }
        try:
            member = add_staff_member(
                **answers, password=ask_password(), roles=[Role.MAIN_USER], by=SYSTEM, today=today()
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(
            f"Main user {member} added. Log in, and record agreement and training of each person."
        )


def ask_password() -> str:
    """Return the password: typed twice at a terminal, or one line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password again: "):
        raise CommandError("The passwords differ.")
    return password
