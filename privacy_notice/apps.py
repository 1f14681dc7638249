from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyNoticeConfig(AppConfig):
    name = "privacy_notice"
    verbose_name = _("Privacy notice")

    def ready(self) -> None:
        from . import declarations  # noqa: F401
