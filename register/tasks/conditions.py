"""What must hold of the tasks, in the one table of conditions."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.models import Schedule

from register.domain.operations import conditions
from register.domain.operations.finding import Audience, Condition, Finding, well_if
from register.tasks.schedules import SCHEDULES


def planned(now: datetime) -> Finding:
    """Each task of the register has its schedule, and none has an old one."""
    stored = {
        (schedule.name, schedule.func): schedule
        for schedule in Schedule.objects.filter(func__startswith="register.tasks.")
    }
    wanted = {(plan.name, plan.func): plan for plan in SCHEDULES}
    missing = sorted(name for name, func in wanted.keys() ^ stored.keys())
    stopped = sorted(
        plan.name
        for key, plan in wanted.items()
        if (found := stored.get(key))
        and (found.repeats == 0 or found.next_run is None or not plan.fits(found.next_run))
    )
    told = _("The schedules are not those of this version.")
    return Finding(well_if(not missing and not stopped), told=told, details=(*missing, *stopped))


conditions.add(
    "schedules",
    Condition(
        look=planned,
        title=gettext_lazy("Schedules"),
        mend=gettext_lazy("Run manage.py sync_schedules."),
        audience=Audience.ADMINISTRATOR,
    ),
)
