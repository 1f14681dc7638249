"""That nobody watches the promises any more is told like everything else that is not well."""

from datetime import timedelta

import pytest
from django.utils import timezone

from register.domain.operations.conditions import CONDITIONS
from register.domain.operations.finding import Level
from tests.register.domain.operations.conditions import a_task

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hours", "level"), [(1, Level.WELL), (27, Level.WRONG)])
def test_a_missed_night_is_told(hours, level):
    now = timezone.now()
    a_task("watch_promises", at=now - timedelta(hours=hours))
    assert CONDITIONS["promises_age"].look(now).level is level


def test_without_a_watch_none_is_missed(settings):
    settings.REGISTER = {**settings.REGISTER, "WATCH_PROMISES": ""}
    later = timezone.localtime() + timedelta(days=9)
    assert CONDITIONS["promises_age"].look(later).level is Level.WELL
