"""`manage.py new_encryption_key`: an id made from the day, and a random key (C18)."""

import base64
import os
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext_lazy

from register.domain.operations import keys
from register.management.plain import PlainCommand
from register.reference.clock import today
from register.setting_values import KEY_BYTES


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Prints a new encryption key with an id that no other key has or had."
    )
    works_when_restored = True
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key_id = keys.new_id(today=today())
        except DatabaseError:
            # No database yet: its first key has nothing to differ from.
            key_id = f"{today():%Y-%m-%d}"
        self.stdout.write(f"{key_id}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}")
