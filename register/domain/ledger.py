"""The erasure ledger: opaque keys and dates, kept where a restored backup can't undo them.

An erasure record is written with the erasure and copied here after the commit. A process killed
between the two leaves records that are not yet in the ledger; the next run copies them. One that
is killed after writing and before marking writes them twice, which a replay does not mind.
"""

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

from register.conf import register_settings
from register.models import Erasure

Record = tuple[UUID, str, date]


def path() -> Path:
    return Path(register_settings.PRIVATE_DIR) / "ledger.jsonl"


def append(records: Iterable[Record]) -> None:
    """Add one line for each (key, unit, date), on disk when this returns, readable by us alone."""
    file = path()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not file.exists()
    # One write of whole lines: appends of two processes don't mix.
    # JSON written out by hand, for speed: keys, units and dates need no quoting.
    lines = "".join(
        f'{{"erased": "{key}", "unit": "{unit}", "on": "{day}"}}\n' for key, unit, day in records
    ).encode()
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if not _ends_with_a_line(file):
            lines = b"\n" + lines
        while lines:
            lines = lines[os.write(descriptor, lines) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if new:
        _sync_folder(file.parent)


def flush(write: Callable[[Iterable[Record]], None] = append) -> int:
    """Copy the erasures that are not yet in the ledger, and return how many records they were."""
    flushed = 0
    for erasure in Erasure.objects.filter(in_ledger=False).order_by("pk"):
        records = [
            (key, unit, erasure.erased_on)
            for key, unit in erasure.records.order_by().values_list("erased_id", "unit")
        ]
        write(records)
        Erasure.objects.filter(pk=erasure.pk).update(in_ledger=True)
        flushed += len(records)
    return flushed


def _ends_with_a_line(file: Path) -> bool:
    """Whether the last append was whole; one cut short by a power failure must not eat the next."""
    with file.open("rb") as opened:
        if opened.seek(0, os.SEEK_END) == 0:
            return True
        opened.seek(-1, os.SEEK_END)
        return opened.read() == b"\n"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
