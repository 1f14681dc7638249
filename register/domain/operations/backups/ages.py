"""How old the newest and the oldest backup are (R13)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from register.conf import BACKUP_DAYS, register_settings
from register.domain.operations.backups import kept
from register.domain.operations.finding import Finding, Level, well_if
from register.domain.operations.nightly import since


def newest(now: datetime) -> Finding:
    """R13: there is a backup, and it is no older than `BACKUP_LIMIT`."""
    limit = register_settings.BACKUP_LIMIT
    if kept.folder() is None:
        # A developer's machine has nothing to lose.
        level = Level.WELL if settings.DEBUG else Level.WARNING
        told = _("No folder for backups is set: the register can't tell whether there are any.")
        return Finding(level, None, limit.total_seconds(), told)
    try:
        past = since(max(kept.kept(), default=None), now)
    except OSError:
        return Finding(Level.WRONG, None, None, _("The folder of the backups can't be read."))
    return Finding(
        well_if(past <= limit),
        round(past.total_seconds()),
        limit.total_seconds(),
        _("The newest backup is too old: make one, and see why none was made."),
    )


def oldest(now: datetime) -> Finding:
    """R13: no backup is older than is published, and after 30 January none is of last year."""
    limit = timedelta(days=BACKUP_DAYS)
    try:
        first = min(kept.kept(), default=None)
        late = bool(kept.of_last_year(now=now))
    except OSError:
        return Finding(Level.WELL)  # told above
    age = now - first if first else timedelta()
    return Finding(
        well_if(age <= limit and not late),
        round(age.total_seconds()),
        limit.total_seconds(),
        _("A backup is older than the privacy notice says: who was erased is still in it."),
    )
