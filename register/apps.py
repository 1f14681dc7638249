from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "register"
    verbose_name = _("Client register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, host_checks, inventory_checks  # noqa: F401
        from .access import running_sessions, sessions
        from .access.role_groups import create_role_groups
        from .domain.access_log import log_ins, open_purposes
        from .domain.operations.keys import enroll_first
        from .inventory import own_models, third_party  # noqa: F401
        from .tasks import conditions  # noqa: F401

        user_logged_in.connect(sessions.begin)
        user_logged_in.connect(log_ins.logged_in)
        user_logged_out.connect(log_ins.logged_out)
        user_login_failed.connect(log_ins.failed)
        user_logged_in.connect(running_sessions.note_browser)
        post_migrate.connect(create_role_groups, sender=self)
        post_migrate.connect(enroll_first, sender=self)
        post_migrate.connect(open_purposes.begin, sender=self)
