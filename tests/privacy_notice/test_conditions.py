"""That nobody watches the promises any more is told like everything else that is not well."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from privacy_notice.models import PrivacyNoticePage
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


@pytest.mark.usefixtures("site_content")
@pytest.mark.parametrize(
    ("years_ago", "level"), [(None, Level.WELL), (0, Level.WELL), (1, Level.WARNING)]
)
def test_a_review_that_is_due_is_told_and_nothing_fails_for_it(years_ago, level):
    """C39. What nobody has read through counts from the day on which it was published."""
    now = timezone.localtime()
    if years_ago is not None:
        read = date(now.year - years_ago, now.month, min(now.day, 28))
        PrivacyNoticePage.objects.update(reviewed_on=read)
    assert CONDITIONS["notice_review"].look(now).level is level
