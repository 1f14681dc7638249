"""What must hold of this site, in the register's one table of conditions."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from futuuri_site.demo import demo_logins_exist
from register.domain.operations import conditions
from register.domain.operations.finding import Audience, Condition, Finding, well_if


def no_demonstration(now: datetime) -> Finding:
    """Nobody knows a password of this database."""
    told = _("There are logins whose password everybody knows.")
    return Finding(well_if(not demo_logins_exist()), told=told)


def own_settings(now: datetime) -> Finding:
    told = _("These are not the settings of production.")
    return Finding(well_if(not settings.DEMO_CONTENT_ALLOWED), told=told)


conditions.add(
    "settings",
    Condition(
        look=own_settings,
        title=gettext_lazy("Settings"),
        mend=gettext_lazy("Set DJANGO_SETTINGS_MODULE=futuuri_site.settings.production."),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
        in_checks=True,
    ),
)
conditions.add(
    "demo_logins",
    Condition(
        look=no_demonstration,
        title=gettext_lazy("Demo content"),
        mend=gettext_lazy("Start production on a database of its own."),
        audience=Audience.ADMINISTRATOR,
    ),
)
