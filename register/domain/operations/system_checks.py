"""What Django's system checks say, those for deployment and of the database among them."""

from datetime import datetime

from django.core import checks
from django.utils.translation import gettext as _

from register.domain.operations.finding import Finding, well_if

# The check that tells of this table itself.
OWN = "register.E050"


def look(now: datetime) -> Finding:
    found = tuple(
        f"{message.id}: {message.msg}"
        for message in checks.run_checks(include_deployment_checks=True, databases=["default"])
        if message.level >= checks.WARNING and not message.is_silenced() and message.id != OWN
    )
    told = _("There is something for a developer, or in the settings.")
    return Finding(well_if(not found), len(found), 0, told, found)
