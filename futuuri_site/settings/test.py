"""The test suite, on SQLite or on what DATABASE_URL names."""

import tempfile
from pathlib import Path

from futuuri_site.settings.base import *

DEBUG = False
SECRET_KEY = "test-only-" + "1" * 40
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["tests.hashers.Quick"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A folder of this process alone, which goes with it.
_FOLDER = tempfile.TemporaryDirectory(prefix="futuuri-test-")
_ROOT = Path(_FOLDER.name)
MEDIA_ROOT = _ROOT / "media"
STATIC_ROOT = _ROOT / "static"
STATIC_ROOT.mkdir()
DATABASES = {"default": database_or_file("DATABASE_URL")}
# A file, as in production: an SQLite database in memory knows neither WAL nor a second
# process, and browser tests and worker tests need both.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": _ROOT / "test.sqlite3"}

REGISTER |= {
    "PRIVATE_DIR": _ROOT / "private",
    "ENCRYPTION_KEYS": {"test": "dGVzdC1zdWl0ZS1vbmx5LWtleS0zMi1ieXRlcyEhISE="},
}
