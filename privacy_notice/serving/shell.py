"""The fingerprint of what is around the content: it changes with the code that is installed."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import engines

from register.reference import clock

MOST = 59  # characters of the fingerprint, so that the year has its place before it


@cache
def fingerprint() -> str:
    """Return the fingerprint of templates, translations and static files' names, in hexadecimal.

    It is taken once a process: a deployment starts new ones.
    """
    manifest = getattr(staticfiles_storage, "manifest_hash", "")
    taken = sha256(f"{django.__version__} {wagtail.__version__} {manifest}".encode())
    for file in _files():
        taken.update(file.read_bytes())
    return taken.hexdigest()


def key() -> str:
    """Return what a stored page is kept under: its shell, and the year that its text speaks of."""
    return f"{clock.today().year} {fingerprint()[:MOST]}"


def _files() -> Iterator[Path]:
    """Yield templates and catalogues of the site and of this app; the rest has versions."""
    app = Path(apps.get_app_config("privacy_notice").path)
    site = [Path(folder) for engine in engines.all() for folder in engine.dirs]
    for folder in (*site, app / "templates"):
        yield from sorted(folder.rglob("*.html"))
    for folder in (*map(Path, settings.LOCALE_PATHS), app / "locale"):
        yield from sorted(folder.rglob("*.mo"))
