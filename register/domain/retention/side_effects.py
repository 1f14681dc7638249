"""What a run does outside the database, behind one port that the dry run replaces (R11)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet

from register.db import write_ahead_log
from register.domain.billing import batch_file, references
from register.domain.erasure import ledger
from register.domain.erasure.ledger import Record
from register.domain.retention import telling
from register.models import BookkeepingRow


class SideEffects(Protocol):
    """The ledger, the export files and the mail. Every call may be repeated without harm."""

    def announce(self, records: Iterable[Record]) -> None: ...

    def confirm(self, acts: Iterable[UUID]) -> None: ...

    def empty_write_ahead_log(self) -> None: ...

    def list_entered(self, rows: QuerySet[BookkeepingRow], today: date) -> None: ...

    def remove_export_file(self, batch: UUID) -> None: ...

    def remove_unknown_files(self) -> int: ...

    def tell(self, now: datetime) -> None: ...


class RealSideEffects:
    def announce(self, records: Iterable[Record]) -> None:
        ledger.announce(records)

    def confirm(self, acts: Iterable[UUID]) -> None:
        ledger.confirm(acts)

    def empty_write_ahead_log(self) -> None:
        write_ahead_log.empty()

    def list_entered(self, rows: QuerySet[BookkeepingRow], today: date) -> None:
        references.write_entered(rows, today=today)

    def remove_export_file(self, batch: UUID) -> None:
        # Told before it is done: a restored database must not wait for this file.
        references.note(batch, removed=True)
        batch_file.remove(batch)

    def remove_unknown_files(self) -> int:
        return batch_file.remove_unknown()

    def tell(self, now: datetime) -> None:
        telling.tell_of_lists(now=now)


class NoSideEffects:
    """The dry run's: nothing outside the database is touched."""

    def announce(self, records: Iterable[Record]) -> None:
        pass

    def confirm(self, acts: Iterable[UUID]) -> None:
        pass

    def empty_write_ahead_log(self) -> None:
        pass

    def list_entered(self, rows: QuerySet[BookkeepingRow], today: date) -> None:
        pass

    def remove_export_file(self, batch: UUID) -> None:
        pass

    def remove_unknown_files(self) -> int:
        return 0

    def tell(self, now: datetime) -> None:
        pass
