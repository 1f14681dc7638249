"""Production. Every setting without a safe default comes from the environment, by name."""

from pathlib import Path

from .base import *
from .required import Required

required = Required(env.ENVIRON)

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "a random string of at least 50 characters, kept secret")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "the site's host names, separated by commas").split(",")
DATABASE_URL = required(
    "DATABASE_URL", "postgres://user:password@host/name, the production database"
)
WAGTAILADMIN_BASE_URL = required("BASE_URL", "the site's own address, https://…")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

REGISTER |= {
    "ENCRYPTION_KEYS": required.keys(
        "REGISTER_KEYS", "id:base64 of 32 random bytes, newest first, separated by commas"
    ),
    "PRIVATE_DIR": Path(
        required("PRIVATE_DIR", "a folder outside the web root, for export files and the ledger")
    ),
}
required.check()
DATABASES = {
    "default": database(DATABASE_URL) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
}

STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"

# C37, C42: only encrypted connections.
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
