"""What can go wrong, in the domain's own words. No message carries a personal value."""


class RegisterError(Exception):
    """Base of the register's own errors."""


class NotAllowed(RegisterError):
    """The actor may not do this; views answer 404, as if the object did not exist."""


class KeyUnavailable(RegisterError):
    """An encryption key is missing from the settings."""


class CannotDecrypt(RegisterError):
    """A stored value does not open: wrong key, moved to another row, or damaged."""


class NoRecipient(RegisterError):
    """There is no finance provider to whom the billing file may be disclosed (C24, C40)."""


class NotPromised(RegisterError):
    """A file would carry other personal columns than the notice promises (C25)."""


class Overtaken(RegisterError):
    """Another process took or erased an order while it was claimed; claim again."""


class FileUnavailable(RegisterError):
    """An export file is not made yet, removed again, or not the one that was made."""


class TaskFailed(RegisterError):
    """A background task failed. Carries the kind of error only, never its text."""


class LastMainUser(RegisterError):
    """Nobody would be left to manage accounts (C35)."""
