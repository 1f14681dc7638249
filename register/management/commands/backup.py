"""`manage.py backup`: database, private files and media, encrypted (R13)."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.operations.backups import kept, making
from register.exceptions import BackupFailed
from register.management.plain import PlainCommand


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Makes an encrypted backup of the database, the private files and the media, while the "
        "register is in use, and removes the backups that are too old."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        # First of all: old ones go although the new one fails.
        removed = kept.remove_old(now=now)
        try:
            file = making.make(now=now)
        except BackupFailed as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            _("Backup made: %(name)s, %(size)d bytes. Old ones removed: %(removed)d.")
            % {"name": file.name, "size": file.stat().st_size, "removed": removed}
        )
