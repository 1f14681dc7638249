"""Write the register's schedules into the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from register.schedules import sync


class Command(BaseCommand):
    """Run it at every deployment: it adds, changes and removes schedules by name."""

    help = "Makes the stored schedules those of register/schedules.py."

    def handle(self, *args: Any, **options: Any) -> None:
        done = sync(now=timezone.now())
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()))
