"""`manage.py rotate_encryption_keys`: everything encrypted comes under the current key (C18)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain import key_rotation
from register.exceptions import KeyUnavailable


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Encrypts stored texts anew with the first key of the settings. Safe to stop and to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unopened = 0
        for column in key_rotation.columns():
            try:
                result = key_rotation.rotate(column)
            except KeyUnavailable as error:
                raise CommandError(str(error)) from None
            unopened += result.unopened
            self.stdout.write(
                _("%(column)s: %(count)d re-encrypted")
                % {"column": column.label, "count": result.rotated}
            )
        if unopened:
            raise CommandError(
                _(
                    "%(count)d values do not open with their key and were left as they are. "
                    "Keep the old keys until this is cleared up."
                )
                % {"count": unopened}
            )
