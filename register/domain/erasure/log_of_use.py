"""The log of use has its own clock: what the owner's period is over for is erased (C38, O8).

It outlives the client on purpose, so that misuse shows, and ends in whole sealed segments from the
beginning on: the chain then begins behind what a newer seal says was erased. What is not sealed is
never erased. The history of the register's objects ends by the same period.

A killed run leaves a batch as it was, or its checkpoint unwritten, which the next one makes up for.
While the day is in doubt, nothing is erased.
"""

import time
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as time_of_day

from django.db import transaction
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.access_log import restored, sealing, trusted_day
from register.domain.access_log.recording import record
from register.domain.erasure import engine, ledger
from register.files import checkpoints
from register.inventory import WithTheLog
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, RegisterLogEntry, Seal
from register.models.access_log import Action, SealKind

SEALS = 200  # in one transaction, and no more rows than
ROWS = 5_000


def erase_outlived(*, today: date, now: Callable[[], datetime], until: float) -> int:
    """Erase the segments whose period is over, a batch at a time; return how many rows.

    Args:
        now: the clock; each seal tells its moment.
        until: when to stop, as `time.monotonic` counts; the next night goes on.

    Raises DayInDoubt, and NotTogether on a restored database.
    """
    restored.require()
    trusted_day.require(last_written=ledger.last_day())
    before = first_kept(today)
    rows = _erase_histories(before, until=until)
    with sealing.alone():
        while time.monotonic() <= until:
            with transaction.atomic():
                seal = _erase_batch(before, now())
            if seal is None:
                break
            checkpoints.append(seal.position, seal.head)
            rows += seal.count
    return rows


def first_kept(today: date) -> datetime:
    """Return the first moment that is not over: the beginning of a day in Helsinki."""
    day = WithTheLog().first_kept(today)
    return timezone.make_aware(datetime.combine(day, time_of_day.min))


def _erase_batch(before: datetime, now: datetime) -> Seal | None:
    """Seal which segments are erased, and erase them; None when there are none."""
    over = _over(before)
    if not any(seal.kind == SealKind.ROWS for seal in over):
        return None  # seals alone hold nobody's data
    rows = sum(seal.count for seal in over if seal.kind == SealKind.ROWS)
    seal = sealing.seal_erasure(over, rows=rows, now=now)
    engine.erase_log_segments(last=over[-1].position)
    record(
        by=SYSTEM,
        action=Action.ERASE,
        purpose=Purpose.RIGHTS,
        model=Seal,
        view="log_retention",
        objects=[seal],
        count=rows,
    )
    return seal


def _over(before: datetime) -> list[Seal]:
    """Return the oldest seals that are over, with all that they sealed, up to a batch."""
    erased = Seal.objects.filter(kind=SealKind.ERASED).order_by("-position").first()
    after = erased.replaced or 0 if erased else 0
    oldest = list(Seal.objects.filter(position__gt=after).order_by("position")[:SEALS])
    # A clock that was ahead for a while, or a row that waited long for its seal.
    kept = set(
        AccessLogEntry.objects.filter(seal__in=[each.position for each in oldest], at__gte=before)
        .order_by()
        .values_list("seal", flat=True)
    )
    over: list[Seal] = []
    rows = 0
    for seal in oldest:
        rows += seal.count if seal.kind == SealKind.ROWS else 0
        if seal.sealed_at >= before or seal.position in kept or (over and rows > ROWS):
            break
        over.append(seal)
    return over


def _erase_histories(before: datetime, *, until: float) -> int:
    rows = 0
    over = RegisterLogEntry._base_manager.filter(timestamp__lt=before).order_by("pk")
    while time.monotonic() <= until:
        keys = list(over.values_list("pk", flat=True)[:ROWS])
        if not keys:
            break
        with transaction.atomic():
            rows += engine.erase_history(keys)
    return rows
