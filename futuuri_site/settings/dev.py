"""A developer's machine: `make run`. The only settings under which demo content is made."""

from futuuri_site.settings.base import *

# SQLite makes its file, but no folder; it is nobody else's business.
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = "development-only-" + "0" * 40
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
DEMO_CONTENT_ALLOWED = True
# Never DATABASE_URL: where that names the real register, `make run` would open it to all who know
# the demo password.
DATABASES = {"default": database_or_file("DEVELOPMENT_DATABASE_URL")}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

REGISTER |= {
    "ENCRYPTION_KEYS": {"dev": "ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE="},
    # Mail goes to the terminal.
    "LINKS_BY_MAIL": False,
}
