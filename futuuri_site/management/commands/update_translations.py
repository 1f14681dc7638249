"""Collect the texts of the software into the translations, and compile them."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from futuuri_site.translations import APPS, DOMAINS, IGNORED, LANGUAGES, drop_dates, problems
from register.management.plain import PlainCommand


class Command(PlainCommand):
    """Run it from the project's own folder; needs GNU gettext (and, to check, polib)."""

    help = "Updates and compiles the Finnish and Swedish translations."
    requires_system_checks: list[str] = []
    works_when_restored = True  # touches no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, only complain")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = sorted(problems(settings.BASE_DIR))
            for problem in found:
                self.stderr.write(problem)
            if found:
                raise CommandError(f"{len(found)} problems in the translations.")
            return
        for app in APPS:
            (settings.BASE_DIR / app / "locale").mkdir(exist_ok=True)
        for domain in DOMAINS:
            call_command(
                "makemessages",
                domain=domain,
                locale=list(LANGUAGES),
                ignore_patterns=list(IGNORED),
                add_location="file",
                no_obsolete=True,
                no_wrap=True,
                verbosity=0,
            )
        drop_dates(settings.BASE_DIR)
        call_command("compilemessages", locale=list(LANGUAGES), ignore_patterns=list(IGNORED))
