"""`manage.py verify_access_log`: whether the log of use is as it was sealed (C38)."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.access_log import head_code, verifying
from register.management.plain import PlainCommand
from register.models import AccessLogEntry


class Command(PlainCommand):
    """Changes nothing, and fails when a row or seal is not as it was sealed: it names the first."""

    help = gettext_lazy(  # type: ignore[assignment]
        "Tells whether the log of use is as it was sealed, and names the first row that is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--letter",
            metavar="CODE",
            help=_("the code of the log of use on a printed page: is it still its log?"),
        )

    def handle(self, *args: Any, letter: str | None = None, **options: Any) -> None:
        if letter is not None:
            self.answer(letter)
        walk = verifying.verify()
        told = [
            (_("Seals gone through: %(count)d"), walk.seals),
            (_("Rows gone through: %(count)d"), walk.rows),
            (_("Rows not sealed yet: %(count)d"), AccessLogEntry.objects.filter(seal=None).count()),
            (_("Restored databases: %(count)d"), walk.restores),
            (_("Keys erased from the log: %(count)d"), walk.erased),
        ]
        self.stdout.write("\n".join(line % {"count": count} for line, count in told))
        if walk.problem:
            raise CommandError(str(walk.problem))
        self.stdout.write(_("The log of use is as it was sealed."))

    def answer(self, letter: str) -> None:
        """Say whether the log is still that of the paper. CommandError where it is not."""
        answer = head_code.look_up(letter)
        if not answer.contradicts:
            self.stdout.write(str(answer))
            return
        # The paper is one witness; where the log was changed, the first place is another.
        problem = verifying.verify().problem
        raise CommandError("\n".join([str(answer), *([str(problem)] if problem else [])]))
