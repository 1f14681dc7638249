"""The private folder: files that hold personal data, for the owner's eyes, never served (C29)."""

import os
from pathlib import Path

from register.conf import register_settings


def path(*parts: str) -> Path:
    """Return where a private file or folder is; it need not be there yet."""
    return Path(register_settings.PRIVATE_DIR).joinpath(*parts)


def folder(*parts: str) -> Path:
    """Return a private folder, made where it is missing, open to its owner alone (mode 0700).

    PRIVATE_DIR itself keeps the mode that the operator gave it.
    """
    here = path()
    here.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in parts:
        here /= part
        here.mkdir(mode=0o700, exist_ok=True)
        here.chmod(0o700)
    return here


def owner_only(file: str, flags: int) -> int:
    """Open a file that only its owner reads (mode 0600): the `opener` of the built-in `open`."""
    return os.open(file, flags, 0o600)
