"""`manage.py let_in USERNAME`: the way back in when nobody can give a link (C35)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import SYSTEM
from register.domain.staff import links
from register.domain.staff.links import Given
from register.management.plain import PlainCommand
from register.models import StaffMember
from register.reference.clock import today
from register.text.login_names import login_key


class Command(PlainCommand):
    """Prints a link by which the owner sets a new password. The old one stays until then."""

    help = gettext_lazy(  # type: ignore[assignment]
        "Prints a one-time link for the owner of an account, when no main user can give one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = give_link(named(options["username"]))
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(
            _("Give the owner of the account this link. It works once, and sets the password:")
        )
        self.stdout.write(given.address)
        self.stdout.write(
            _("The log of use and the data protection contact's list say that it was made here.")
        )


def give_link(member: StaffMember) -> Given:
    """Make a link that is shown, not mailed: the terminal shows it."""
    return links.give(
        member=member, seen=None, by=SYSTEM, today=today(), now=timezone.now(), by_mail=False
    )


def named(username: str) -> StaffMember:
    """Return the account with the user name. CommandError where there is none."""
    member = StaffMember.objects.filter(login_key=login_key(username)).first()
    if member is None:
        raise CommandError(_("There is no account with this user name."))
    return member
