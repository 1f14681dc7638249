"""What a migrated database depends on, as a hash."""

import hashlib
import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings

LENGTH = 16  # hexadecimal digits; a name in PostgreSQL has room for 63 characters


def fingerprint() -> str:
    """Return the hash of migrations, what they call, settings and versions of all packages."""
    words = [os.environ["DJANGO_SETTINGS_MODULE"], *versions()]
    return hash_of(words, [*migrations(), *called_by_migrations(), *settings_files()])


def hash_of(words: Iterable[str], files: Iterable[Path]) -> str:
    """Return a hash of words, and of files by name and content, both in their order."""
    content = hashlib.sha256()
    for word in words:
        content.update(word.encode() + b"\0")
    for path in files:
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()[:LENGTH]


def versions() -> list[str]:
    """Return name and version of each installed package."""
    folder = Path(sysconfig.get_path("purelib"))
    return sorted(path.name for path in folder.glob("*.dist-info"))


def migrations() -> list[Path]:
    """Return the migrations of all installed apps."""
    folders = sorted(Path(app.path) / "migrations" for app in apps.get_app_configs())
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def called_by_migrations() -> list[Path]:
    """Return what migrations ask of the code as it is now: the triggers of the log of use."""
    return [settings.BASE_DIR / "register" / "domain" / "access_log" / "protection.py"]


def settings_files() -> list[Path]:
    return sorted((settings.BASE_DIR / "futuuri_site" / "settings").glob("*.py"))
