from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "register"
    verbose_name = _("Client register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, companions, declarations  # noqa: F401
        from .roles import create_role_groups

        post_migrate.connect(create_role_groups, sender=self)
