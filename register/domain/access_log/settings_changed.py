"""Whether the register's settings are others than they were, in the log of use (C38).

They stand in a file on the server, so that no screen sees them change: what the last entry says of
them is compared with what holds now. What is secret stands there by a keyed fingerprint.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from register.access.standing import SYSTEM
from register.conf import SETTINGS, register_settings
from register.domain.access_log.recording import record
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Heartbeat
from register.models.access_log import Action

# Keys, tokens, places on the machine, whom they name: that they changed is told, not what they are.
UNTOLD = {
    "PRIVATE_DIR",
    "ENCRYPTION_KEYS",
    "BACKUP_DIR",
    "BACKUP_RECIPIENT",
    "HEALTH_TOKEN",
    "CONFIRMER",
}
VIEW = "settings"


def note(*, today: date) -> int:
    """Write an entry when a setting is another than the log says; return how many are.

    The first entry names none: it says what holds from then on.
    """
    now = {name: told(name) for name in SETTINGS}
    with transaction.atomic():
        last = AccessLogEntry.objects.filter(action=Action.SETTINGS).order_by("-at", "-pk").first()
        before: dict[str, Any] = last.details["all"] if last else now
        changed = {
            name: [before.get(name), value]
            for name, value in now.items()
            if before.get(name) != value
        }
        if last and not changed:
            return 0
        record(
            by=SYSTEM,
            action=Action.SETTINGS,
            purpose=Purpose.RIGHTS,
            model=Heartbeat,
            view=VIEW,
            count=len(changed),
            details={"settings": changed, "all": now, "day": str(today)},
        )
    return len(changed)


def told(name: str) -> str:
    """Return what the log says of a setting's value."""
    value = str(getattr(register_settings, name))
    if name in UNTOLD:
        return salted_hmac("register.settings", value, algorithm="sha256").hexdigest()[:12]
    return value
