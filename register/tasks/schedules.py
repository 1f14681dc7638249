"""Every schedule of the register, in one list. `manage.py sync_schedules` writes it down.

Times are Europe/Helsinki. Nothing is planned between 03:00 and 04:00: that hour is missing once
a year and comes twice once a year. Retention is first, so that January begins with it (O4).
Every task asks for its own period, so that one which fires late, twice, or at once after a
restored backup does no harm.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django_q.models import Schedule


@dataclass(frozen=True, slots=True)
class Plan:
    """One schedule: a task daily at a time of day, or without one every so many minutes."""

    name: str
    func: str
    at: time | None = None
    minutes: int = 1

    def next_run(self, now: datetime) -> datetime:
        """Return the first planned moment after `now` (at once for one without a time of day)."""
        if self.at is None:
            return now
        local = timezone.localtime(now)
        day = local.date() if local.time() < self.at else local.date() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, self.at))

    def fits(self, next_run: datetime) -> bool:
        """Whether a stored moment is one of this plan's."""
        return self.at is None or timezone.localtime(next_run).time() == self.at


SCHEDULES = (
    Plan("heartbeat", "register.tasks.entry.beat"),
    Plan("scheduled publishing", "register.tasks.entry.publish_scheduled", minutes=5),
    Plan("seals of the log", "register.tasks.entry.seal_log", minutes=2),
    Plan("retention", "register.tasks.entry.apply_retention", at=time(0, 5)),
    Plan("retention later", "register.tasks.entry.go_on_with_retention", minutes=60),
    Plan("week of the log", "register.tasks.entry.tell_of_log", at=time(7, 5)),
    Plan("remainder", "register.tasks.entry.tell_remainder", at=time(8, 5)),
    Plan("changes of access", "register.tasks.entry.remind_of_changes", at=time(8, 10)),
    Plan("forecast", "register.tasks.entry.freeze_forecast", at=time(20, 5)),
    Plan("statistics", "register.tasks.entry.publish_statistics", at=time(0, 35)),
    Plan("keys", "register.tasks.entry.mend_keys", at=time(1, 5)),
    Plan("outlived", "register.tasks.entry.erase_outlived", at=time(0, 45)),
    Plan("tidying up", "register.tasks.entry.tidy_up", at=time(0, 50)),
    Plan("backups", "register.tasks.entry.look_after_backups", at=time(0, 55)),
    Plan("promises", "register.tasks.entry.watch_promises", at=time(1, 35)),
    Plan("end of the log", "register.tasks.entry.erase_old_log", at=time(1, 50)),
    Plan("log of use", "register.tasks.entry.verify_log", at=time(2, 5)),
    Plan("trainings", "register.tasks.entry.warn_of_trainings", at=time(4, 5)),
    Plan("billing", "register.tasks.entry.export_billing", at=time(5, 30)),
)


def sync(*, now: datetime) -> dict[str, int]:
    """Make the stored schedules those of SCHEDULES, by name, and return what was done.

    A moment that has passed while nothing ran is kept, so that the task is caught up with.
    Schedules of others (whose task is not in `register.tasks`) are left alone.
    """
    done = {"added": 0, "changed": 0, "removed": 0}
    ours = Schedule.objects.filter(func__startswith="register.tasks.")
    for plan in SCHEDULES:
        wanted = {
            "func": plan.func,
            "schedule_type": Schedule.MINUTES if plan.at is None else Schedule.DAILY,
            "minutes": plan.minutes if plan.at is None else None,
            "repeats": -1,
        }
        stored = ours.filter(name=plan.name).first()
        if stored is None:
            Schedule.objects.create(name=plan.name, next_run=plan.next_run(now), **wanted)
            done["added"] += 1
            continue
        if stored.next_run is None or not plan.fits(stored.next_run):
            wanted["next_run"] = plan.next_run(now)
        if any(getattr(stored, name) != value for name, value in wanted.items()):
            ours.filter(pk=stored.pk).update(**wanted)
            done["changed"] += 1
        done["removed"] += ours.filter(name=plan.name).exclude(pk=stored.pk).delete()[0]
    done["removed"] += ours.exclude(name__in=[plan.name for plan in SCHEDULES]).delete()[0]
    return done
