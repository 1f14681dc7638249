"""What the user who runs the site may do with a file, whoever asks."""

import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

from register.files import private

READ, WRITE, ENTER = 4, 2, 1
OTHERS = 0o077


def user() -> int:
    """Return the id of the user who runs the site.

    That is who asks. Root, who may do everything, asks for whoever owns the private folder.
    """
    asking = os.geteuid()
    try:
        return private.path().stat().st_uid if asking == 0 else asking
    except OSError:
        return asking


def may(path: Path, needed: int, *, by: int) -> bool:
    """Whether the user `by` may do what is needed (READ | WRITE | ENTER) by owner and mode.

    Raises FileNotFoundError where there is nothing.
    """
    found = path.stat()
    if by == 0:
        return True
    if found.st_uid == by:
        bits = found.st_mode >> 6
    elif found.st_gid in groups(by):
        bits = found.st_mode >> 3
    else:
        bits = found.st_mode
    return bits & needed == needed


def groups(user: int) -> set[int]:
    try:
        account = pwd.getpwuid(user)
    except KeyError:
        return set()
    return set(os.getgrouplist(account.pw_name, account.pw_gid))


def unreadable(folder: Path, *, by: int) -> Iterator[Path]:
    """Yield what the user can't read of a folder, the folders above it included.

    Raises FileNotFoundError where there is no such folder.
    """
    for above in reversed(folder.parents):
        if not may(above, ENTER, by=by):
            yield above
            return
    for place, folders, files in os.walk(folder):
        if not may(Path(place), READ | ENTER, by=by):
            yield Path(place)
            folders.clear()
            continue
        yield from (each for name in files if not may(each := Path(place, name), READ, by=by))


def open_to_others(folder: Path) -> Iterator[Path]:
    """Yield what of a folder another user than its owner may use, or owns."""
    owner = folder.stat().st_uid
    for each in (folder, *folder.rglob("*")):
        found = each.lstat()
        if found.st_uid != owner or stat.S_IMODE(found.st_mode) & OTHERS:
            yield each
