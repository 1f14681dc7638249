"""Whether the log of use is as it was sealed (C38).

The seals are gone through in their order, each with its rows, and compared with the checkpoints
outside the database at the end. The first thing that is wrong ends it: what comes after follows.

Where old segments were erased, the chain begins behind the last one, as the newest seal of an
erasure says, which is chained and signed as all are.

What it can't see: a row that was changed before it was sealed, and a whole log that somebody with
database, private folder and key has written anew.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from register.conf import register_settings
from register.domain.access_log import seal_content
from register.domain.access_log.sealing import newest, subjects_of
from register.files import checkpoints
from register.models import AccessLogEntry, AccessLogSubject, Seal
from register.models.access_log import SealKind

BATCH = 100  # seals


class Wrong(StrEnum):
    """What can be wrong with a sealed log."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    ROWS = "rows"
    SEAL_CHANGED = "seal changed"
    SEAL_FORGED = "seal forged"
    SEAL_REMOVED = "seal removed"
    TRUNCATED = "truncated"
    UNPROVEN = "unproven"
    CHECKPOINT = "checkpoint"
    CHECKPOINT_MISSING = "checkpoint missing"


TOLD: dict[Wrong, Promise] = {
    Wrong.CHANGED: gettext_lazy("Seal %(seal)d, row %(place)d (entry %(entry)d) was changed."),
    Wrong.REMOVED: gettext_lazy("Seal %(seal)d, row %(place)d was removed."),
    Wrong.INSERTED: gettext_lazy("Seal %(seal)d: entry %(entry)d was put in afterwards."),
    Wrong.MOVED: gettext_lazy("Seal %(seal)d, row %(place)d (entry %(entry)d) was moved here."),
    Wrong.ROWS: gettext_lazy("Seal %(seal)d: its rows are others than were sealed."),
    Wrong.SEAL_CHANGED: gettext_lazy("Seal %(seal)d was changed."),
    Wrong.SEAL_FORGED: gettext_lazy("Seal %(seal)d was not made by this register."),
    Wrong.SEAL_REMOVED: gettext_lazy("Seal %(seal)d was removed."),
    Wrong.TRUNCATED: gettext_lazy(
        "The end of the log was cut off: seal %(seal)d is written down outside the database."
    ),
    Wrong.UNPROVEN: gettext_lazy(
        "Seal %(seal)d, the newest, can't be proven: its encryption key is missing."
    ),
    Wrong.CHECKPOINT: gettext_lazy(
        "Seal %(seal)d is not the one that is written down outside the database."
    ),
    Wrong.CHECKPOINT_MISSING: gettext_lazy(
        "Seal %(seal)d is not written down outside the database."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """The first thing that is wrong.

    Attributes:
        seal: the position of the seal.
        place: the place of the row in it, where it is about one.
        entry: the row's number.
    """

    wrong: Wrong
    seal: int
    place: int = 0
    entry: int = 0

    def __str__(self) -> str:
        named = {"seal": self.seal, "place": self.place, "entry": self.entry}
        return str(TOLD[self.wrong]) % named

    @property
    def code(self) -> str:
        """What is stored of it."""
        return f"{self.wrong.value}: {self.seal}/{self.place}"


@dataclass(frozen=True, slots=True)
class Start:
    """What the first seal follows: nothing, or the last one that was erased, and its head."""

    position: int = 0
    head: str = ""


@dataclass(slots=True)
class Walk:
    """What was gone through.

    Attributes:
        seals, rows: how many.
        restores: seals which say that a database was restored.
        erased: keys of clients and objects that were erased from the log, with their salt.
        problem: the first thing that is wrong.
        go_on_after: the last seal, when the time was up before the end.
    """

    seals: int = 0
    rows: int = 0
    restores: int = 0
    erased: int = 0
    problem: Problem | None = None
    go_on_after: int = 0


def verify(*, after: int = 0, until: float = math.inf) -> Walk:
    """Go through the seals, from the one after `after`, until the end or the time is up."""
    walk, start = Walk(), beginning()
    before: Start | Seal = start
    if after > start.position:
        before = Seal.objects.filter(position=after).first() or start
    for seal in _seals(before.position):
        problem = _problem_of_seal(seal, before) or _problem_of_rows(seal, walk)
        if problem:
            if beginning() != start:
                return verify(until=until)  # the oldest ones were erased meanwhile
            walk.problem = problem
            return walk
        walk.seals += 1
        walk.restores += seal.kind == SealKind.RESTORE
        before = seal
        if time.monotonic() > until:
            walk.go_on_after = seal.position
            return walk
    walk.problem = (
        _problem_of_end(before, start) or _problem_of_kept(start) or _problem_outside(start)
    )
    return walk


def beginning() -> Start:
    """Return what the first seal that is left must follow."""
    erased = Seal.objects.filter(kind=SealKind.ERASED).order_by("-position").first()
    return Start(erased.replaced or 0, erased.replaced_head) if erased else Start()


def _seals(after: int) -> Iterator[Seal]:
    while batch := list(Seal.objects.filter(position__gt=after).order_by("position")[:BATCH]):
        yield from batch
        after = batch[-1].position


def _problem_of_seal(seal: Seal, before: Start | Seal) -> Problem | None:
    if seal.position != before.position + 1:
        return Problem(Wrong.SEAL_REMOVED, before.position + 1)
    if seal.previous != before.head:
        return Problem(Wrong.SEAL_CHANGED, seal.position)
    return _problem_inside(seal)


def _problem_inside(seal: Seal) -> Problem | None:
    if seal.head != seal_content.head(seal):
        return Problem(Wrong.SEAL_CHANGED, seal.position)
    # A key that was taken out after its time: a later seal, under a key that is there, proves it.
    held = seal.key_id in register_settings.ENCRYPTION_KEYS
    if held and seal.mac != seal_content.mac(seal):
        return Problem(Wrong.SEAL_FORGED, seal.position)
    return None


def _problem_of_rows(seal: Seal, walk: Walk) -> Problem | None:
    entries = list(AccessLogEntry.objects.filter(seal=seal.position).order_by("place", "id"))
    subjects = subjects_of(entries) if entries else {}
    by_place = {entry.place: entry for entry in entries}
    count = seal.count if seal.kind == SealKind.ROWS else 0
    for place in range(1, count + 1):
        entry = by_place.get(place)
        if entry is None:
            return Problem(Wrong.REMOVED, seal.position, place)
        about = subjects.get(entry.pk, [])
        if wrong := _wrong_with(entry, about, count):
            return Problem(wrong, seal.position, place, entry.pk)
        walk.erased += sum(not row.salt for row in (entry, *about))
    for entry in entries:
        if not 1 <= (entry.place or 0) <= count or by_place[entry.place] is not entry:
            return Problem(Wrong.INSERTED, seal.position, entry=entry.pk)
    marks = seal_content.digest(entry.mark for entry in entries)
    if seal.kind != SealKind.ERASED and seal.digest != marks:
        return Problem(Wrong.ROWS, seal.position)
    walk.rows += len(entries)
    return None


def _wrong_with(entry: AccessLogEntry, about: list[AccessLogSubject], count: int) -> Wrong | None:
    commitments = [each.commitment for each in about]
    rows: list[AccessLogEntry | AccessLogSubject] = [entry, *about]
    if not all(map(seal_content.keeps_its_word, rows)):
        return Wrong.CHANGED
    if entry.mark == seal_content.mark(entry, commitments):
        return None
    place = entry.place
    for entry.place in range(1, count + 1):
        if entry.mark == seal_content.mark(entry, commitments):
            return Wrong.MOVED
    entry.place = place
    return Wrong.CHANGED


def _problem_of_end(last: Start | Seal, start: Start) -> Problem | None:
    """Look at what no seal knows of, and whether the newest one proves all that is before it."""
    if isinstance(last, Seal) and last.key_id not in register_settings.ENCRYPTION_KEYS:
        return Problem(Wrong.UNPROVEN, last.position)
    theirs = Seal.objects.filter(position=OuterRef("seal"))
    stray = (
        AccessLogEntry.objects.exclude(seal__range=(start.position + 1, last.position))
        .filter(~Exists(theirs) | Q(seal__lte=start.position), seal__isnull=False)
        .order_by("seal", "place")
        .first()
    )
    if stray:
        return Problem(Wrong.INSERTED, stray.seal or 0, entry=stray.pk)
    return None


def _problem_of_kept(start: Start) -> Problem | None:
    """Look at the seals that outlive their segments: those of a restore, and no others."""
    for seal in Seal.objects.filter(position__lte=start.position).order_by("position"):
        if seal.kind != SealKind.RESTORE:
            return Problem(Wrong.SEAL_CHANGED, seal.position)
        if problem := _problem_inside(seal):
            return problem
    return None


def _problem_outside(start: Start) -> Problem | None:
    """Compare the seals with the checkpoints outside the database.

    A restored database has fewer seals than were written down. From the seal which says so, what
    was written down of later ones belongs to the database that was given up.
    """
    first = newest()
    # The newest one may have been made by a run that was killed before it wrote it down.
    must_be_known = first.position - 1 if first else 0
    written: dict[int, bytes] = {}
    restores = dict(
        Seal.objects.filter(kind=SealKind.RESTORE).values_list("position", "head").order_by()
    )
    for position, head in checkpoints.read():
        if restores.get(position) == head:
            for given_up in [each for each in written if each >= position]:
                del written[given_up]
        elif written and position <= max(written) and written.get(position) != bytes.fromhex(head):
            return Problem(Wrong.CHECKPOINT, position)
        written[position] = bytes.fromhex(head)
    last_restore = max(restores, default=0)
    if start.position:
        known = written.get(start.position)
        if known is not None and known != bytes.fromhex(start.head):
            return Problem(Wrong.CHECKPOINT, start.position)
        if known is None and last_restore <= start.position:
            return Problem(Wrong.CHECKPOINT_MISSING, start.position)
    for seal in _seals(0):
        known = written.pop(seal.position, None)
        if known is not None and known != bytes.fromhex(seal.head):
            return Problem(Wrong.CHECKPOINT, seal.position)
        if known is None and last_restore <= seal.position <= must_be_known:
            return Problem(Wrong.CHECKPOINT_MISSING, seal.position)
    if cut_off := [position for position in written if position > start.position]:
        return Problem(Wrong.TRUNCATED, min(cut_off))
    return None
