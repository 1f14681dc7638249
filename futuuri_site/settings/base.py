"""What every environment shares. Development, test and production add to it."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from register.db.connection import POSTGRESQL, SQLITE

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
# Everything that the running software writes, in development and by default.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()

SITE_NAME = "Työvalmennus Futuuri"

INSTALLED_APPS = [
    "home",
    "privacy_notice",
    "futuuri_site",
    "register",
    "wagtail_modeladmin",
    "guardian",
    "django_q",
    "phonenumber_field",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "register.healthz.healthz",
    "django.middleware.security.SecurityMiddleware",
    "futuuri_site.middleware.keep_to_ourselves",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "futuuri_site.middleware.ContentSecurityPolicy",
    "futuuri_site.middleware.AdminContentSecurityPolicy",
    "futuuri_site.middleware.speak_as_the_address_says",
    "futuuri_site.middleware.refuse_other_charsets",
    "register.standstill.standstill",
    "privacy_notice.serving.middleware.answer_at_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "register.access.sessions.end_in_time",
    "allauth.account.middleware.AccountMiddleware",
    "register.access.second_factor.ask_for_it",
    "register.access.standing.remember_access",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "privacy_notice.guarding.telling.TellWhatToDoInstead",
    "privacy_notice.approval.history.LeadToVersions",
    # A page that changed its address is found at the old one as well.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "futuuri_site.urls"
WSGI_APPLICATION = "futuuri_site.wsgi.application"
ASGI_APPLICATION = "futuuri_site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """Return the connection settings for a database address, as the register wants them."""
    settings: dict[str, Any] = env.db_url_config(url)
    settings["ATOMIC_REQUESTS"] = False
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = dict(SQLITE)
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        # What stands in the address goes before, but for how values travel.
        binding = {"server_side_binding": POSTGRESQL["server_side_binding"]}
        settings["OPTIONS"] = POSTGRESQL | settings.get("OPTIONS", {}) | binding
    return settings


def database_or_file(variable: str) -> dict[str, Any]:
    """Return the entry for the database that the environment names, else for an SQLite file."""
    return database(env.str(variable, default="").strip() or f"sqlite:///{VAR_DIR}/futuuri.sqlite3")


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["register.access.backend.StaffBackend"]
# What a strong password is (C36), and how it is kept. Hashes of before are still read, and become
# the first kind at the next log-in.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "register.access.passwords.Length"},
    {"NAME": "register.access.passwords.NotGuessed", "OPTIONS": {"words": (SITE_NAME,)}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "register.access.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# guardian's rows are read by `register.access` alone, which compares their dates: its own
# backend stays out, and it makes no anonymous user.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "wagtailadmin_login"
# The second step of a log-in. Accounts, addresses and limits are the register's own.
ACCOUNT_ADAPTER = "register.access.allauth_adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "register.access.allauth_adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
# Telephones whose clock is half a minute off.
MFA_TOTP_TOLERANCE = 1
# A working day, in seconds; `register.access.sessions` ends one that is idle. The cookie goes when
# the browser is closed.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "futuuri_site.csrf.failed"
# Messages name register numbers only; kept in the session, they don't outlive it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "futuuri_site" / "locale"]
FORMAT_MODULE_PATH = ["futuuri_site.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Static files are for our own pages alone: see `keep_to_ourselves`.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# What browsers ask for at a fixed address: the icon.
WHITENOISE_ROOT = BASE_DIR / "futuuri_site" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        # Public; the mode of uploads would be theirs too.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_USER_LOGIN_FORM = "futuuri_site.login.LoginForm"
# C28: no page, public or admin, asks anything of a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# The notice is published by approval (C33); no other page has a workflow.
WAGTAIL_WORKFLOW_ENABLED = True
# Accounts are the main user's business (C35): no self-service by e-mail.
WAGTAIL_PASSWORD_RESET_ENABLED = False
# One door, for the staff. Nothing is behind a password of its own: what was put there is refused.
WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("wagtailadmin_login")
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "403.html"

PHONENUMBER_DEFAULT_REGION = "FI"
# Read again, a number is the same one: the national form of a foreign number would not be.
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
PHONENUMBER_DB_FORMAT = "E164"

# A public page needs nothing but its own origin. `futuuri_site.middleware` relaxes the
# script and style rules for the Wagtail admin alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}

# What a browser could do for a page and ours never ask for, and neither may what stands in them.
# A passkey is ours alone.
PERMISSIONS_POLICY = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "autoplay",
                "browsing-topics",
                "camera",
                "display-capture",
                "encrypted-media",
                "geolocation",
                "gyroscope",
                "hid",
                "idle-detection",
                "local-fonts",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "picture-in-picture",
                "screen-wake-lock",
                "serial",
                "usb",
                "xr-spatial-tracking",
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)

# django-q2 on the same database. A slice of work takes under a minute and requeues
# itself; `retry` counts from dequeue, hence far above timeout × (queue_limit/workers + 2).
Q_CLUSTER = {
    "name": "futuuri",
    "orm": "default",
    "workers": 2,
    "queue_limit": 4,
    "timeout": 120,
    "retry": 900,
    "max_attempts": 3,
    "ack_failures": True,
    "save_limit": 50,
    "save_limit_per": "func",
    "catch_up": False,
    "poll": 1,
    "label": _("Background tasks"),
    "max_rss": 300_000,
}

# Demo content and its public password exist under the development settings only.
DEMO_CONTENT_ALLOWED = False

REGISTER: dict[str, Any] = {
    "PRIVATE_DIR": VAR_DIR / "private",
    "WATCH_PROMISES": "privacy_notice.watch.nightly.watch",
    "NOTICE_IN_FORCE": "privacy_notice.versions.handed_out.in_force",
}

# Nothing personal in a log: errors are told by kind and place, and mailed to nobody.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "futuuri_site.log_format.WithoutValues",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "filters": {
        "without_request": {"()": "futuuri_site.log_format.WithoutRequest"},
        "without_result": {"()": "futuuri_site.log_format.WithoutResult"},
        "once_a_minute": {"()": "futuuri_site.log_outage.OnceAMinute"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["once_a_minute"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django-q": {"filters": ["without_result"]},
        # Of a page whose form is refused, its address without the query.
        "django.security.csrf": {"filters": ["without_request"]},
        # gunicorn sets its logger up before the application is loaded: this replaces its handler
        # in each worker, where the requests are. Its level stays that of `--log-level`.
        "gunicorn.error": {
            "handlers": ["console"],
            "filters": ["without_request"],
            "propagate": False,
        },
    },
}
