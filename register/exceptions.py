"""What can go wrong, in the domain's own words. No message carries a personal value."""

from typing import Any

from django.core.exceptions import PermissionDenied


class RegisterError(Exception):
    """Base of the register's own errors."""


class NotAllowed(RegisterError, PermissionDenied):
    """The actor may not do this; views answer 404, as if the object did not exist."""


class UndeclaredPurpose(RegisterError):
    """Data was to be used for a purpose that the notice does not name (C19)."""


class UntoldPurpose(UndeclaredPurpose):
    """Data was to be used for a purpose of which clients were not told yet (C19)."""


class Stale(RegisterError):
    """Somebody else changed the row since it was looked at."""

    def __init__(self, model: str, key: Any) -> None:
        super().__init__(f"{model} {key} was changed meanwhile.")
        self.key = key


class Fixed(RegisterError):
    """A value was to be changed, or a row deleted, that others rely on by now, such as billing."""


class Erased(RegisterError):
    """The row was erased since it was looked at."""


class SearchExpired(RegisterError):
    """What a search found is not kept any more, or was kept for another session."""


class ErasesSoon(RegisterError):
    """The next run would erase something because of this; a person has to say so first.

    Attributes:
        outlook: what would be erased, by keys.
        sign: what a confirmation of it has to give back.
    """

    def __init__(self, outlook: Any, sign: str) -> None:
        super().__init__("The next run would erase something because of this.")
        self.outlook, self.sign = outlook, sign


class KeyUnavailable(RegisterError):
    """An encryption key is missing from the settings."""


class KeyUnknown(RegisterError):
    """The settings hold another key than the database was written with under this id."""


class CannotDecrypt(RegisterError):
    """A stored value does not open: wrong key, moved to another row, or damaged."""


class Blanked(CannotDecrypt):
    """A stored value that can't be empty is."""


class NoRecipient(RegisterError):
    """There is no finance provider to whom the billing file may be disclosed (C24, C40)."""


class NotPromised(RegisterError):
    """A file would carry other personal columns than the notice promises (C25)."""


class Overtaken(RegisterError):
    """Another process took or erased an order while it was claimed; claim again."""


class FileUnavailable(RegisterError):
    """An export file is not made yet, or removed again."""


class FileDamaged(FileUnavailable):
    """An export file is missing where it must be, or not the one that was made."""


class DayInDoubt(RegisterError):
    """The clock may have jumped: what can't be undone waits until a person confirms the day."""


class NotTogether(RegisterError):
    """Database and private folder don't belong together, as after a restore (R15)."""


class BackupFailed(RegisterError):
    """A backup can't be made or restored; its text says what is missing, and no value."""


class BackupDamaged(BackupFailed):
    """A backup does not open, was cut short or changed, or is not ours."""


class KeyFileUnfit(BackupFailed):
    """A file that should hold a private key holds none."""


class LedgerUnavailable(RegisterError):
    """The erasure ledger can't be written, so nothing is erased (R15)."""


class LogNotEmptied(RegisterError):
    """SQLite's write-ahead log still holds what was erased; try again."""


class TaskFailed(RegisterError):
    """A background task failed. Carries the kind of error only, never its text."""


class LastMainUser(RegisterError):
    """Nobody would be left to manage accounts (C35)."""


class OwnRoles(RegisterError):
    """Somebody was to change the roles of the own account (C35)."""


class LastFactor(RegisterError):
    """Every log-in takes a second factor, and this is the only one (C36)."""


class FileUnfit(RegisterError):
    """A file that was to be imported can't be read.

    Attributes:
        reason: why, in words for whoever chose the file; nothing of what stands in it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__("A file that was to be imported can't be read.")
        self.reason = reason


class SavedBefore(RegisterError):
    """A form was saved already.

    Attributes:
        key: the key of the row that it added.
        same: whether it said the same then.
    """

    def __init__(self, key: str, *, same: bool) -> None:
        super().__init__()
        self.key, self.same = key, same
