"""Which backups there are, known by the moment in their names, and how old they are (R13)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from register.conf import register_settings
from register.files.durable import sync_folder
from register.reference import clock

NAME = "%Y-%m-%dT%H%M%SZ.age"
# From this day of January on nothing from before the year may be left, in no backup either (O4).
LAST_DAY = 31


def folder() -> Path | None:
    """Return the folder of the backups; None where none is set."""
    return Path(register_settings.BACKUP_DIR) if register_settings.BACKUP_DIR else None


def name(moment: datetime) -> str:
    """Return the name of a backup: when it was taken, and nothing else."""
    return moment.astimezone(UTC).strftime(NAME)


def kept() -> dict[datetime, Path]:
    """Return the backups by the moment they were taken, the oldest first; {} without a folder.

    Raises OSError when the folder can't be read.
    """
    place = folder()
    if place is None or not place.exists():
        return {}
    found = {}
    for file in place.iterdir():
        try:
            found[datetime.strptime(file.name, NAME).replace(tzinfo=UTC)] = file
        except ValueError:
            continue
    return dict(sorted(found.items()))


def remove_old(*, now: datetime) -> int:
    """Remove the backups that are older than is kept, the last one too; return how many.

    The published time holds for the only backup as well: that there is no newer one is told.
    """
    limit = now - timedelta(days=register_settings.BACKUPS_KEPT_DAYS)
    old = [file for moment, file in kept().items() if moment <= limit]
    for file in old:
        file.unlink()
    if old:
        sync_folder(old[0].parent)
    return len(old)


def of_last_year(*, now: datetime) -> list[datetime]:
    """Return the backups from before 1 January that should be gone: from the 31st on, all."""
    today = clock.local(now).date()
    if today < date(today.year, 1, LAST_DAY):
        return []
    return [moment for moment in kept() if clock.local(moment).year < today.year]
