"""What was found on which day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from privacy_notice.models import PromiseResult
from privacy_notice.models.states import State
from privacy_notice.watch import history

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def found(**states):
    """Results of C01 and C02, on consecutive days."""
    for clause, those in states.items():
        for offset, state in enumerate(those):
            PromiseResult.objects.create(
                day=DAY + timedelta(days=offset),
                clause=clause,
                state=state,
                checked_at=timezone.now(),
            )


def test_nothing_is_known_before_the_first_look():
    assert history.latest() == {}
    assert history.checked_at() is None
    assert history.since() == {}
    assert history.days(last=3) == []


def test_since_when_it_is_so():
    found(C01=["kept", "broken", "kept", "kept"], C02=["kept", "kept", "kept", "not_yet"])
    assert history.since() == {"C01": DAY + timedelta(days=2), "C02": DAY + timedelta(days=3)}
    assert {clause: row.state for clause, row in history.latest().items()} == {
        "C01": "kept",
        "C02": "not_yet",
    }


def test_the_days_are_counted_by_state_the_oldest_first():
    found(C01=["kept", "broken", "kept"], C02=["kept", "kept", "by_hand"])
    days = history.days(last=2)
    assert [day.day for day in days] == [DAY + timedelta(days=1), DAY + timedelta(days=2)]
    assert days[0].counts == {
        State.BROKEN: 1,
        State.NOT_YET: 0,
        State.BY_HAND: 0,
        State.KEPT: 1,
    }
    assert days[1].counts[State.BY_HAND] == 1
