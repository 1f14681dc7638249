"""Production. Every setting without a safe default comes from the environment, by name."""

from pathlib import Path

from futuuri_site.settings.base import *
from futuuri_site.settings.required import Required

required = Required(env.ENVIRON)

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "a random string of at least 50 characters, kept secret")
ALLOWED_HOSTS = required.hosts("ALLOWED_HOSTS", "the site's host names, separated by commas")
DATABASE_URL = required.database(
    "DATABASE_URL",
    "postgres://user:password@host/name, the production database, with each of # / ? % [ ] : @ in "
    "the password percent-encoded, a # as %23",
)
WAGTAILADMIN_BASE_URL = required.address(
    "BASE_URL",
    "https:// and the site's host name, one of ALLOWED_HOSTS, as it stands in the browser, with "
    "its port if there is one there, and nothing after it",
    hosts=ALLOWED_HOSTS,
)
# Forms are taken from pages of this address, port included.
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

REGISTER |= {
    "ENCRYPTION_KEYS": required.keys(
        "REGISTER_KEYS",
        "what manage.py new_encryption_key prints; several with commas, newest first",
    ),
    "PRIVATE_DIR": required.folder(
        "PRIVATE_DIR", "the absolute path of a folder outside the web root", outside=BASE_DIR
    ),
    "CONFIRMER": env.str("CONFIRMER", default=""),
    "SECOND_FACTOR_REQUIRED": True,
    "HEALTH_TOKEN": env.str("HEALTH_TOKEN", default=""),
    "BACKUP_DIR": env.str("BACKUP_DIR", default=""),
    "BACKUP_RECIPIENT": env.str("BACKUP_RECIPIENT", default=""),
    # Where no mail leaves, the main user is shown the link for a new password, once.
    "LINKS_BY_MAIL": env.bool("LINKS_BY_MAIL", default=True),
}
MEDIA_ROOT = required.folder(
    "MEDIA_ROOT",
    "the absolute path of a folder for the editors' pictures and files, outside the program",
    outside=BASE_DIR,
)
required.check()
DATABASES = {
    "default": database(DATABASE_URL) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
}

# What will be erased is told by e-mail: counts and a link. Without a server nobody is told so, but
# on the first screen.
# smtp://host, smtp+tls://user:password@host:587 or smtp+ssl://user:password@host:465
MAIL = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("EMAIL_USE_TLS", False), MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15  # seconds: a server that does not answer must not hold the worker up
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="webmaster@localhost")

STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STORAGES["staticfiles"]["BACKEND"] = "futuuri_site.static_files.StaticFiles"

# C37, C42: only encrypted connections.
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# For the whole domain, and not easily taken back: the owner's choice, not that of one host.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
