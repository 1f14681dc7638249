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

PUBLIC = ("privacy_notice", "home")  # the apps whose pages are stored
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
    """Yield templates and catalogues of the site and of its public apps; the rest has versions."""
    own = [Path(each.path) for each in apps.get_app_configs() if each.name in PUBLIC]
    site = [Path(folder) for engine in engines.all() for folder in engine.dirs]
    for folder in (*site, *(each / "templates" for each in own)):
        yield from sorted(folder.rglob("*.html"))
    for folder in (*map(Path, settings.LOCALE_PATHS), *(each / "locale" for each in own)):
        yield from sorted(folder.rglob("*.mo"))
