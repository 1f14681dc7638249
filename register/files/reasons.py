"""Why something failed, as far as it may be told: no error's text, which can carry a value."""

import errno
from pathlib import Path

from register.exceptions import RegisterError
from register.files import private


def harmless(error: BaseException) -> str:
    """Return the kind of an error, and of its reason what holds no personal value.

    That is the text of the register's own errors, and of a file's trouble its code and, when it
    is one of ours, where it lies in the private folder.
    """
    kind = type(error).__name__
    if isinstance(error, RegisterError) and error.args:
        return f"{kind}: {error}"
    if isinstance(error, OSError) and error.errno:
        place = _ours(error.filename)
        return f"{kind}: {errno.errorcode.get(error.errno, error.errno)}{place and f' at {place}'}"
    return kind


def _ours(file: object) -> str:
    """Return the path within the private folder, named as the setting; "" for any other file."""
    if not isinstance(file, str | Path):
        return ""
    try:
        inside = Path(file).relative_to(private.path())
    except ValueError:
        return ""
    return str(Path("PRIVATE_DIR") / inside)
