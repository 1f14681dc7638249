"""The worker's sign of life."""

from datetime import timedelta

import pytest
from django.utils import timezone

from register.domain.operations import heartbeat

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_a_worker_that_never_ran_is_not_alive():
    assert heartbeat.silence(now=NOW) is None
    assert not heartbeat.is_alive(now=NOW)


@pytest.mark.parametrize(("minutes", "alive"), [(0, True), (3, True), (3.01, False)])
def test_it_is_alive_up_to_the_limit(settings, minutes, alive):
    settings.REGISTER = settings.REGISTER | {"HEARTBEAT_LIMIT": timedelta(minutes=3)}
    heartbeat.beat(now=NOW - timedelta(minutes=minutes))
    assert heartbeat.is_alive(now=NOW) is alive


def test_only_the_last_beat_counts():
    for minutes in (10, 1):
        heartbeat.beat(now=NOW - timedelta(minutes=minutes))
    assert heartbeat.silence(now=NOW) == timedelta(minutes=1)


def test_one_that_lies_ahead_is_none():
    """The clock was set back: what the worker does since then, nobody can tell."""
    heartbeat.beat(now=NOW + timedelta(minutes=2))
    assert not heartbeat.is_alive(now=NOW)
