"""What a retention run does outside the database, behind one port that the dry run replaces."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from register.models import ExportBatch

from . import ledger
from .billing import file_of
from .ledger import Record


class Outside(Protocol):
    """The ledger and the export files. Every call may be repeated without harm."""

    def append_to_ledger(self, records: Iterable[Record]) -> None: ...

    def remove_export_file(self, batch: UUID) -> None: ...


class RealOutside:
    def append_to_ledger(self, records: Iterable[Record]) -> None:
        ledger.append(records)

    def remove_export_file(self, batch: UUID) -> None:
        file_of(ExportBatch(pk=batch)).unlink(missing_ok=True)


class NothingOutside:
    """The dry run's: nothing outside the database is touched."""

    def append_to_ledger(self, records: Iterable[Record]) -> None:
        pass

    def remove_export_file(self, batch: UUID) -> None:
        pass
