"""The test suite, on SQLite or on what DATABASE_URL names."""

import tempfile
from pathlib import Path

from .base import *

DEBUG = False
SECRET_KEY = "test-only-" + "1" * 40
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_ROOT = Path(tempfile.mkdtemp(prefix="futuuri-test-"))
MEDIA_ROOT = _ROOT / "media"
STATIC_ROOT = _ROOT / "static"

REGISTER |= {
    "PRIVATE_DIR": _ROOT / "private",
    "ENCRYPTION_KEYS": {"test": "dGVzdC1zdWl0ZS1vbmx5LWtleS0zMi1ieXRlcyEhISE="},
}
