"""A task without its schedule, or with an old one, is found by name."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from django_q.models import Schedule

from register.domain.operations.finding import Level
from register.tasks import schedules
from register.tasks.conditions import planned

pytestmark = pytest.mark.django_db
RETENTION = {"name": "retention"}


@pytest.fixture(autouse=True)
def synced():
    schedules.sync(now=timezone.now())


def look():
    return planned(timezone.now())


def test_the_schedules_of_this_version_are_well():
    assert look().level is Level.WELL


def test_a_schedule_that_is_missing():
    Schedule.objects.filter(**RETENTION).delete()
    assert (look().level, look().details) == (Level.WRONG, ("retention",))


def test_a_schedule_of_another_version():
    Schedule.objects.create(name="letters", func="register.tasks.entry.letters")
    assert look().details == ("letters",)


@pytest.mark.parametrize(
    "change", [{"repeats": 0}, {"next_run": datetime(2027, 1, 1, 3, 30, tzinfo=UTC)}]
)
def test_a_schedule_that_never_fires_or_at_another_hour(change):
    Schedule.objects.filter(**RETENTION).update(**change)
    assert look().details == ("retention",)


def test_a_schedule_of_somebody_else_is_theirs():
    Schedule.objects.create(name="own", func="own.task")
    assert look().level is Level.WELL


def test_looking_changes_nothing():
    Schedule.objects.filter(**RETENTION).update(next_run=None)
    look()
    assert Schedule.objects.get(**RETENTION).next_run is None
