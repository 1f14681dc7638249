"""Commands that fail in one line: what an administrator can use, and nothing personal."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from register.conf import refuse_unfit
from register.domain.access_log import restored
from register.files.reasons import harmless


class PlainCommand(BaseCommand):
    """Base of the register's commands: an error becomes one line and a non-zero exit status.

    With `--traceback` it is raised as it is, for developers: its text can hold a row's values.

    On a restored database none works before `after_restore`, unless it says that it may (R15).
    """

    works_when_restored = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # A translated text is lazy, which `--help` can't print.
        self.help = str(self.help)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            if not self.works_when_restored:
                # Without the right settings the look would be at another database or folder.
                refuse_unfit()
                restored.refuse()
            return super().execute(*args, **options)
        except (CommandError, KeyboardInterrupt):
            raise
        except ImproperlyConfigured as error:
            # Written by us or by Django about settings: it names them, and no value.
            raise CommandError(str(error).strip()) from None
        except Exception as error:
            if options.get("traceback"):
                raise
            raise CommandError(
                _("It was not done: %(reason)s.") % {"reason": harmless(error)}
            ) from None
