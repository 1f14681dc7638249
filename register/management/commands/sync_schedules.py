"""Write the register's schedules into the database."""

from typing import Any

from django.utils import timezone

from register.management.plain import PlainCommand
from register.tasks.schedules import sync


class Command(PlainCommand):
    """Run it at every deployment: it adds, changes and removes schedules by name."""

    help = "Makes the stored schedules those of register/tasks/schedules.py."

    def handle(self, *args: Any, **options: Any) -> None:
        done = sync(now=timezone.now())
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()))
