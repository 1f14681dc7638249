"""What a retention run does outside the database, behind one port that the dry run replaces."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from uuid import UUID

from register.conf import register_settings

from . import ledger
from .ledger import Record


class Outside(Protocol):
    """The ledger and the export files. Every call may be repeated without harm."""

    def append_to_ledger(self, records: Iterable[Record]) -> None: ...

    def remove_export_file(self, batch: UUID) -> None: ...


class RealOutside:
    def append_to_ledger(self, records: Iterable[Record]) -> None:
        ledger.append(records)

    def remove_export_file(self, batch: UUID) -> None:
        export_file(batch).unlink(missing_ok=True)


class NothingOutside:
    """The dry run's: nothing outside the database is touched."""

    def append_to_ledger(self, records: Iterable[Record]) -> None:
        pass

    def remove_export_file(self, batch: UUID) -> None:
        pass


def export_file(batch: UUID) -> Path:
    """Return where the file of an export batch is kept, in private storage."""
    return Path(register_settings.PRIVATE_DIR) / "billing" / f"{batch}.txt"
