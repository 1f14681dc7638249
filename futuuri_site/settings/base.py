"""What every environment shares. Development, test and production add to it."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
# Everything that the running software writes, in development and by default.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

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
    "csp",
    "wagtail.contrib.forms",
    "wagtail.contrib.settings",
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
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "futuuri_site.middleware.AdminContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
    """Return the connection settings for a database address.

    SQLite is set up so that the web processes and the worker share one file: writers queue
    (IMMEDIATE, busy timeout 20 s) instead of failing, and deleted content is overwritten.

    PostgreSQL is told that it works on solid state and for short requests: otherwise it walks
    all clients by name to show twenty of a counsellor's thousand (bench/client_list.py).
    """
    settings: dict[str, Any] = env.db_url_config(url)
    settings["ATOMIC_REQUESTS"] = False
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA secure_delete=ON;"
                "PRAGMA foreign_keys=ON;"
            ),
        }
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        settings.setdefault("OPTIONS", {}).setdefault(
            "options",
            "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0",
        )
    return settings


DATABASES = {
    "default": database(
        env.str("DATABASE_URL", default="").strip() or f"sqlite:///{VAR_DIR}/futuuri.sqlite3"
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["register.authentication.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# guardian's rows are read by `register.permissions` alone, which compares their dates: its own
# backend stays out, and it makes no anonymous user.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day, in seconds
SESSION_COOKIE_HTTPONLY = True
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
STATICFILES_DIRS = [BASE_DIR / "futuuri_site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_USER_LOGIN_FORM = "futuuri_site.login.LoginForm"
# C28: no page, public or admin, asks anything of a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_WORKFLOW_ENABLED = False
# Accounts are the main user's business (C35): no self-service by e-mail.
WAGTAIL_PASSWORD_RESET_ENABLED = False

PHONENUMBER_DEFAULT_REGION = "FI"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"
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
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
