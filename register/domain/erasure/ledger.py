"""The erasure ledger: opaque keys and dates, kept where a restored backup can't undo them (R15).

It is written before the rows are erased: where no line can be written, nothing is erased. Lines
name an act of erasure by its token, inside the transaction that erases; a further line says that
the transaction is done. A process killed between the two leaves an act that is not confirmed: the
next run confirms it when the database holds it, and when not, nothing was erased. So a replay
repeats confirmed acts, and asks the predicate anew about the others. A hold that was released has
a line too, after its release: without one, it holds.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from register.exceptions import LedgerUnavailable
from register.files import private
from register.files.durable import append_lines
from register.files.reasons import harmless
from register.models import Erasure

TAIL = 1 << 16  # bytes: some hundreds of lines, read with each look at the clock


class Release(NamedTuple):
    """A hold that was released, and the day from which on it holds no more."""

    hold: UUID
    day: date


class Contents(NamedTuple):
    """What the ledger holds.

    Attributes:
        confirmed: every act of erasure that was done.
        done: those that were asked for, with what they erased, in their order.
        releases: holds that were released.
        torn: lines that say nothing, as a power cut leaves them.
    """

    confirmed: set[UUID]
    done: dict[UUID, list["Record"]]
    releases: list[Release]
    torn: int


class Record(NamedTuple):
    """One client or order that an act of erasure erases."""

    act: UUID
    key: UUID
    unit: str
    day: date


def path() -> Path:
    return private.path("ledger.jsonl")


def last_day() -> date | None:
    """Return the day of the newest erasure in the ledger; None when there is none to read."""
    days = []
    with suppress(OSError), path().open("rb") as file:
        file.seek(max(0, path().stat().st_size - TAIL))
        # A first or last line that is cut through says nothing; the others do.
        for line in file.read(TAIL).splitlines():
            with suppress(ValueError, KeyError, TypeError):
                days.append(date.fromisoformat(json.loads(line)["on"]))
    return max(days, default=None)


def read(*, but_not: Collection[UUID] = ()) -> Contents:
    """Read the ledger, but not what the acts `but_not` erased. OSError when it can't be read."""
    announced: dict[UUID, list[Record]] = {}
    done: list[UUID] = []
    releases: list[Release] = []
    torn = 0
    for line in _lines():
        try:
            told = json.loads(line)
            if "done" in told:
                done.append(UUID(told["done"]))
            elif "released" in told:
                day = date.fromisoformat(told["on"])
                releases.append(Release(UUID(told["released"]), day))
            elif (act := UUID(told["act"])) not in but_not:
                day = date.fromisoformat(told["on"])
                record = Record(act, UUID(told["erased"]), told["unit"], day)
                announced.setdefault(act, []).append(record)
        except (ValueError, KeyError, TypeError):
            torn += 1
    asked_for = {act: announced[act] for act in done if act in announced}
    return Contents(set(done), asked_for, releases, torn)


def _lines() -> Iterator[bytes]:
    with suppress(FileNotFoundError), path().open("rb") as file:
        yield from (line for line in file if line.strip())


def add_missing(older: Path) -> None:
    """Add the lines that another copy of the ledger has and this one lacks. LedgerUnavailable."""
    here = set(_lines())
    with older.open("rb") as file:
        missing = [line for line in file if line.endswith(b"\n") and line not in here]
    if missing:
        _append(line.decode(errors="replace") for line in missing)


def release(hold: UUID, *, day: date) -> None:
    """Write down that a hold holds no more, on disk when this returns. LedgerUnavailable."""
    _append([f'{{"released": "{hold}", "on": "{day}"}}\n'])


def complete() -> int:
    """Write down the acts that the database holds and the ledger lacks; return how many.

    It lacks some when the private folder was lost, or an older one took its place.
    """
    told = read(but_not=set(Erasure.objects.values_list("act", flat=True))).confirmed
    count = 0
    for erasure in Erasure.objects.order_by("pk").iterator():
        if erasure.act in told:
            continue
        announce(
            Record(erasure.act, key, unit, erasure.erased_on)
            for key, unit in erasure.records.values_list("erased_id", "unit")
        )
        confirm([erasure.act])
        count += 1
    Erasure.objects.filter(in_ledger=False).update(in_ledger=True)
    return count


def announce(records: Iterable[Record]) -> None:
    """Write down what is about to be erased, on disk when this returns. LedgerUnavailable."""
    # JSON written out by hand, for speed: keys, units and dates need no quoting.
    _append(
        f'{{"act": "{act}", "erased": "{key}", "unit": "{unit}", "on": "{day}"}}\n'
        for act, key, unit, day in records
    )


def confirm(acts: Iterable[UUID]) -> None:
    """Write down that these acts are done, on disk when this returns. LedgerUnavailable."""
    _append(f'{{"done": "{act}"}}\n' for act in acts)


def confirm_committed(write: Callable[[Iterable[UUID]], None] = confirm) -> int:
    """Confirm the acts that the database holds and the ledger does not; return how many."""
    erasures = dict(Erasure.objects.filter(in_ledger=False).order_by("pk").values_list("pk", "act"))
    if erasures:
        write(erasures.values())
        Erasure.objects.filter(pk__in=erasures).update(in_ledger=True)
    return len(erasures)


def _append(lines: Iterable[str]) -> None:
    """Add the lines, readable by us alone."""
    try:
        private.folder()
        append_lines(path(), "".join(lines).encode())
    except OSError as error:
        raise LedgerUnavailable(
            f"The erasure ledger can't be written ({harmless(error)})."
        ) from None
