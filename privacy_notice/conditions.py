"""That the promises are watched, in the register's one table of conditions."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from register.conf import register_settings
from register.domain.operations import conditions, nightly
from register.domain.operations.finding import Condition, Finding, Level

looked_at = nightly.task(
    "watch_promises",
    gettext_lazy("The privacy notice's promises have not been looked at since yesterday."),
)


def watched(now: datetime) -> Finding:
    """They were looked at last night, where the project wants them to be."""
    return looked_at(now) if register_settings.WATCH_PROMISES else Finding(Level.WELL)


conditions.add(
    "promises_age",
    Condition(
        look=watched,
        title=gettext_lazy("Watch of the promises"),
        mend=gettext_lazy("See why in the worker's log, then run manage.py verify_promises."),
    ),
)
