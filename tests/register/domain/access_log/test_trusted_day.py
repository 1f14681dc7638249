"""C44: a clock that jumped does nothing that can't be undone before a person has looked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from register.access.standing import SYSTEM
from register.domain.access_log import trusted_day
from register.domain.access_log.trusted_day import Doubt
from register.domain.billing import exporting
from register.domain.operations import heartbeat
from register.exceptions import DayInDoubt
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Client, Heartbeat, ServiceOrder
from register.models.access_log import Action
from tests.factories import ProcessorFactory, ServiceOrderFactory, run_on

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)


def beat(**ago):
    heartbeat.beat(now=NOON - timedelta(**ago))


def an_entry(at):
    AccessLogEntry.objects.create(
        at=at, action=Action.VIEW, purpose=Purpose.GUIDANCE, model=Client._meta.label
    )


def test_a_register_that_never_ran_has_nothing_to_compare_with():
    assert trusted_day.doubt(now=NOON) is None
    trusted_day.require()


def test_the_day_goes_on_with_the_clock():
    for days in range(30, -1, -1):
        beat(days=days)
    assert Heartbeat.objects.get().trusted_on == NOON.date()


@pytest.mark.parametrize(("off", "found"), [(7, None), (8, Doubt.AHEAD), (400, Doubt.AHEAD)])
def test_a_machine_that_was_off_is_asked_once(off, found):
    beat(days=off)
    assert trusted_day.doubt(now=NOON) == found
    beat()  # the heartbeat of the new day is no proof of it
    assert trusted_day.doubt(now=NOON) == found
    trusted_day.confirm(by=SYSTEM, today=NOON.date(), now=NOON, seen=None)
    assert trusted_day.doubt(now=NOON) is None
    assert trusted_day.doubt(now=NOON + timedelta(days=1)) is None


def test_a_clock_set_back_is_found_and_a_confirmed_one_trusted_from_then_on():
    beat()
    an_entry(NOON + timedelta(days=400))
    assert trusted_day.doubt(now=NOON) == Doubt.BEHIND
    trusted_day.confirm(by=SYSTEM, today=NOON.date(), now=NOON, seen=None)
    for days in range(3):
        now = NOON + timedelta(days=days)
        heartbeat.beat(now=now)
        assert trusted_day.doubt(now=now) is None


def test_a_trusted_day_that_lies_ahead_is_doubtful():
    beat(days=-2)
    assert trusted_day.doubt(now=NOON) == Doubt.BEHIND


def test_the_ledger_outside_the_database_counts():
    beat()
    yesterday = NOON - timedelta(days=1)
    assert trusted_day.doubt(now=yesterday, last_written=NOON.date()) == Doubt.BEHIND


@given(steps=st.lists(st.integers(0, 20), min_size=1, max_size=20))
def test_no_sequence_of_steps_goes_further_unasked_than_the_setting(steps):
    """An oracle that adds up days."""
    Heartbeat.objects.all().delete()
    day = trusted = 0
    heartbeat.beat(now=NOON)
    for step in steps:
        day += step
        now = NOON + timedelta(days=day)
        expected = Doubt.AHEAD if day - trusted > 7 else None
        assert trusted_day.doubt(now=now) == expected
        heartbeat.beat(now=now)
        if expected is None:
            trusted = day


@pytest.fixture
def jumped():
    """A clock that is 400 days ahead: yesterday's trusted day lies that far behind."""
    heartbeat.beat(now=timezone.localtime() - timedelta(days=400))
    ProcessorFactory()
    return ServiceOrderFactory(starts_on=date(2020, 1, 1), planned_end=date(2020, 6, 15))


def test_nobody_is_erased_by_a_clock_that_jumped(jumped):
    with pytest.raises(DayInDoubt):
        run_on(timezone.localdate())
    assert ServiceOrder.objects.exists()
    assert run_on(timezone.localdate(), dry=True).finished_at


def test_nothing_is_billed_by_one(jumped):
    with pytest.raises(DayInDoubt):
        exporting.export(today=timezone.localdate(), by=SYSTEM)


def test_what_waited_goes_on_when_the_day_is_confirmed(jumped):
    now = timezone.now()
    trusted_day.confirm(by=SYSTEM, today=timezone.localdate(), now=now, seen=None)
    run_on(timezone.localdate())
    assert not ServiceOrder.objects.exists()
