"""`manage.py rotate_encryption_keys`: everything encrypted comes under the current key (C18)."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.db.encryption import current_key_id
from register.domain.operations import key_rotation, keys
from register.management.plain import PlainCommand
from register.reference.clock import today


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Encrypts stored texts anew with the first key of the settings, opens each of them to "
        "prove it, and tells which keys are not needed any more. Safe to stop and to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if unknown := list(keys.problems()):
            raise CommandError("\n".join(unknown))
        self.rotate()
        self.prove()
        if spare := keys.retire_others(today=today()):
            self.stdout.write(
                _("Not needed any more, and to be taken out of the settings: %(keys)s")
                % {"keys": ", ".join(spare)}
            )

    def rotate(self) -> None:
        unopened = 0
        missing: set[str] = set()
        for column in key_rotation.columns():
            result = key_rotation.rotate(column)
            unopened += result.unopened
            missing |= result.missing
            self.stdout.write(
                _("%(column)s: %(count)d re-encrypted")
                % {"column": column.label, "count": result.rotated}
            )
        if unopened:
            left = _(
                "%(count)d values do not open with their key and were left as they are. "
                "Keep the old keys until this is cleared up."
            ) % {"count": unopened}
            raise CommandError("\n".join([left, *sorted(missing)]))

    def prove(self) -> None:
        total = 0
        for column in key_rotation.columns():
            count = key_rotation.proven(column)
            if count is None:
                raise CommandError(
                    _(
                        "%(column)s still has values that do not open or are under another key: "
                        "keep the old keys, restart web and worker, and run this again."
                    )
                    % {"column": column.label}
                )
            total += count
        self.stdout.write(
            _("%(count)d values open, and all are under the key %(key)s.")
            % {"count": total, "key": current_key_id()}
        )
