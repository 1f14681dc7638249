"""Whether the database is the one that was used last, or an older one that was restored (R15).

A counter is raised in the database and then outside it, at each heartbeat. Outside it stands
ahead when the database is older, behind when the folder is. Each of the two then knows of
erasures and exports that the other does not: nothing is served, and nothing done, until
`manage.py after_restore` has brought them together.
"""

from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

from register.exceptions import NotTogether
from register.files import counter, private
from register.files.locks import lock
from register.models import Heartbeat

# A process that was killed, or a power cut, leaves one of them a step behind.
STEP = 1


class Mismatch(StrEnum):
    """How database and private folder don't belong together."""

    DATABASE_OLDER = "database older"
    FOLDER_OLDER = "folder older"
    FOLDER_EMPTY = "folder empty"
    FOLDER_UNREADABLE = "folder unreadable"

    @property
    def told(self) -> str:
        """What is wrong and what to do, in a sentence or two."""
        return str(TOLD[self])


TOLD = {
    Mismatch.DATABASE_OLDER: gettext_lazy(
        "An older database was restored. Nothing works until after_restore was run on the server."
    ),
    Mismatch.FOLDER_OLDER: gettext_lazy(
        "The folder of the private files is older than the database. Nothing works until the newer "
        "one is back, or after_restore was run on the server."
    ),
    Mismatch.FOLDER_EMPTY: gettext_lazy(
        "The folder of the private files is empty, or not the one of this database. Nothing works "
        "until it is back, or after_restore was run on the server."
    ),
    Mismatch.FOLDER_UNREADABLE: gettext_lazy(
        "The folder of the private files can't be read. Nothing works until it can."
    ),
}


def mismatch() -> Mismatch | None:
    """Return how database and folder don't belong together; None when they do.

    A new installation has counted nothing yet, on either side.
    """
    inside = inside_number()
    try:
        outside = counter.read()
    except (OSError, ValueError):
        return Mismatch.FOLDER_UNREADABLE
    if outside is None:
        return Mismatch.FOLDER_EMPTY if inside else None
    if outside > inside + STEP:
        return Mismatch.DATABASE_OLDER
    return Mismatch.FOLDER_OLDER if inside > outside + STEP else None


def require() -> None:
    """Raise NotTogether unless what can't be undone may be done."""
    if found := mismatch():
        raise NotTogether(found.told)


def refuse() -> None:
    """Raise ImproperlyConfigured where nothing may start; without a database nothing else does."""
    try:
        require()
    except NotTogether as error:
        raise ImproperlyConfigured(str(error)) from None


def go_on() -> None:
    """Raise the counter by a step: in the database first, then outside.

    Where the step before was cut off, that is completed instead, so that they never part by more
    than one. Nothing is raised that does not belong together, so that it stays to be seen.
    """
    private.folder()
    with lock(private.path("counter.lock")):
        if mismatch():
            return
        inside, outside = inside_number(), counter.read() or 0
        if inside <= outside:
            inside = outside + STEP
            Heartbeat.objects.update(counter=inside)
        counter.write(inside)


def bring_together(*, now: datetime) -> None:
    """Count on from the higher of both sides, in the database; `show_outside` follows."""
    number = max(inside_number(), _outside_or_none() or 0) + STEP
    defaults = {"counter": number}
    Heartbeat.objects.update_or_create(
        pk=1, defaults=defaults, create_defaults=defaults | {"beat_at": now}
    )


def show_outside() -> None:
    """Write the database's number outside."""
    private.folder()
    counter.write(inside_number())


def inside_number() -> int:
    return Heartbeat.objects.values_list("counter", flat=True).first() or 0


def _outside_or_none() -> int | None:
    try:
        return counter.read()
    except ValueError:
        return None
