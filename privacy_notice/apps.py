from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyNoticeConfig(AppConfig):
    name = "privacy_notice"
    verbose_name = _("Privacy notice")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, conditions, declarations, rules  # noqa: F401
        from .guarding import guards
        from .versions import publishing

        guards.connect()
        publishing.watch()
