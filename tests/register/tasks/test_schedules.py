"""Schedules keep their hour over both clock changes, catch up, and stay out of the bad hour."""

import itertools
import pydoc
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from register.tasks.schedules import SCHEDULES, Plan, sync

HELSINKI = ZoneInfo("Europe/Helsinki")
DAILY = [plan for plan in SCHEDULES if plan.at]


def helsinki(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HELSINKI)


def test_nothing_is_planned_in_the_hour_that_the_clock_changes():
    assert [plan.name for plan in DAILY if time(3) <= plan.at < time(4)] == []


def test_every_schedule_names_a_task():
    assert all(callable(pydoc.locate(plan.func)) for plan in SCHEDULES)


@pytest.mark.parametrize("start", [helsinki(2026, 3, 26), helsinki(2026, 10, 22)])
@pytest.mark.parametrize("plan", DAILY, ids=lambda plan: plan.name)
def test_a_daily_run_keeps_its_hour_over_the_clock_change(plan, start):
    schedule = Schedule(schedule_type=Schedule.DAILY, next_run=plan.next_run(start))
    runs = []
    for _ in range(7):
        runs.append(schedule.next_run.astimezone(HELSINKI))
        schedule.next_run = schedule.calculate_next_run().astimezone(UTC)

    assert {run.time() for run in runs} == {plan.at}
    assert len({run.utcoffset() for run in runs}) == 2
    assert [b.date() - a.date() for a, b in itertools.pairwise(runs)] == [timedelta(days=1)] * 6


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (helsinki(2026, 12, 31, 0, 4), date(2026, 12, 31)),
        (helsinki(2026, 12, 31, 0, 5), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 22, 4, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), date(2027, 1, 2)),
    ],
)
def test_the_first_run_is_the_next_one_by_helsinki_time(now, day):
    run = Plan("x", "register.tasks.entry.beat", at=time(0, 5)).next_run(now)
    assert timezone.localtime(run).replace(tzinfo=None) == datetime.combine(day, time(0, 5))


@pytest.fixture
def new_year(monkeypatch):
    """Return a function that moves django-q2's clock."""
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)

    def move(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now.astimezone(UTC))

    return move


@pytest.mark.django_db
def test_a_machine_that_was_off_over_new_year_runs_retention_once_when_it_starts(new_year):
    new_year(helsinki(2026, 12, 30, 12))
    sync(now=timezone.now())
    Schedule.objects.exclude(name="retention").delete()

    new_year(helsinki(2027, 1, 4, 8, 30))
    sync(now=timezone.now())
    Schedule.objects.exclude(name="retention").delete()
    scheduler()
    scheduler()

    assert OrmQ.objects.count() == 1
    assert OrmQ.objects.get().func() == "register.tasks.entry.apply_retention"
    run = timezone.localtime(Schedule.objects.get().next_run)
    assert run.replace(tzinfo=None) == datetime(2027, 1, 5, 0, 5)


@pytest.mark.django_db
def test_what_editors_scheduled_is_looked_for_every_five_minutes():
    now = helsinki(2026, 11, 22, 12)
    sync(now=now)
    schedule = Schedule.objects.get(func="register.tasks.entry.publish_scheduled")
    assert (schedule.schedule_type, schedule.next_run) == (Schedule.MINUTES, now)
    assert schedule.calculate_next_run() - now == timedelta(minutes=5)

    Schedule.objects.filter(pk=schedule.pk).update(minutes=60)
    assert sync(now=now)["changed"] == 1
    schedule.refresh_from_db()
    assert schedule.minutes == 5


@pytest.mark.django_db
def test_sync_adds_changes_and_removes_by_name():
    now = helsinki(2026, 11, 22, 12)
    assert sync(now=now) == {"added": len(SCHEDULES), "changed": 0, "removed": 0}
    assert sync(now=now) == {"added": 0, "changed": 0, "removed": 0}

    Schedule.objects.filter(name="retention").update(next_run=helsinki(2026, 11, 23, 3, 30))
    Schedule.objects.create(name="gone", func="register.tasks.gone")
    Schedule.objects.create(name="retention", func="register.tasks.entry.apply_retention")
    Schedule.objects.create(name="guest", func="host.tasks.own")
    done = sync(now=now)

    assert done == {"added": 0, "changed": 1, "removed": 2}
    names = Schedule.objects.values_list("name", flat=True)
    assert sorted(names) == sorted([*(plan.name for plan in SCHEDULES), "guest"])
    stored = timezone.localtime(Schedule.objects.get(name="retention").next_run)
    assert (stored.hour, stored.minute) == (0, 5)
