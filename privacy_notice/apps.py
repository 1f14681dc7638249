from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PrivacyNoticeConfig(AppConfig):
    name = "privacy_notice"
    verbose_name = _("Privacy notice")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, conditions, declarations, rules  # noqa: F401
        from .guarding import guards
        from .models import make_workflow
        from .versions import publishing
        from .watch import connecting

        guards.connect()
        publishing.watch()
        connecting.connect()
        post_migrate.connect(make_workflow, sender=self)
