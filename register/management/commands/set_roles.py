"""`manage.py set_roles USERNAME ROLE …`: for those whose roles nobody else can change (C35)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import SYSTEM
from register.domain.staff import roles
from register.exceptions import LastMainUser
from register.management.commands.let_in import named
from register.management.plain import PlainCommand
from register.models.staff import Role
from register.reference.clock import today


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Gives an account exactly these roles, where no other main user can."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("roles", metavar="ROLE", nargs="+", choices=[*Role.values])

    def handle(self, *args: Any, **options: Any) -> None:
        member = named(options["username"])
        before = member.roles
        try:
            roles.set_roles(
                member=member,
                roles=[Role(name) for name in options["roles"]],
                seen=None,
                by=SYSTEM,
                today=today(),
            )
        except LastMainUser:
            raise CommandError(_("Somebody must be left to manage the accounts.")) from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(
            _("%(member)s had: %(before)s. Has now: %(after)s.")
            % {
                "member": member,
                "before": ", ".join(sorted(before)) or "–",
                "after": ", ".join(sorted(options["roles"])),
            }
        )
        self.stdout.write(
            _("The log of use and the data protection contact's list say that it was done here.")
        )
