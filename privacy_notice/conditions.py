"""That the promises are watched, in the register's one table of conditions."""

from datetime import datetime

from django.utils.translation import gettext, gettext_lazy

from privacy_notice.versions import printing
from privacy_notice.watch import reviewing
from register.conf import register_settings
from register.domain.operations import conditions, nightly
from register.domain.operations.finding import Condition, Finding, Level, well_if
from register.reference import clock

looked_at = nightly.task(
    "watch_promises",
    gettext_lazy("The privacy notice's promises have not been looked at since yesterday."),
)


def watched(now: datetime) -> Finding:
    """They were looked at last night, where the project wants them to be."""
    return looked_at(now) if register_settings.WATCH_PROMISES else Finding(Level.WELL)


def printed(now: datetime) -> Finding:
    """The notice in force is there as a PDF too."""
    missing = len(printing.without_pdf())
    return Finding(
        well_if(missing == 0),
        missing,
        0,
        gettext("There is no PDF of the privacy notice in force."),
    )


def reviewed(now: datetime) -> Finding:
    """Each notice was read through within a year; readers are not wrong about it at once (C39)."""
    due = len(reviewing.overdue(today=clock.local(now).date()))
    return Finding(
        Level.WARNING if due else Level.WELL,
        due,
        0,
        gettext("The yearly review of the privacy notice is due."),
    )


conditions.add(
    "promises_age",
    Condition(
        look=watched,
        title=gettext_lazy("Watch of the promises"),
        mend=gettext_lazy("See why in the worker's log, then run manage.py verify_promises."),
    ),
)
conditions.add(
    "notice_pdf",
    Condition(
        look=printed,
        title=gettext_lazy("PDF of the privacy notice"),
        mend=gettext_lazy("It is made at night. If it is missing the day after, see the log."),
    ),
)
conditions.add(
    "notice_review",
    Condition(
        look=reviewed,
        title=gettext_lazy("Yearly review of the privacy notice"),
        mend=gettext_lazy(
            "An editor reads the notice, notes the day of the review in it, and submits it for "
            "approval."
        ),
    ),
)
