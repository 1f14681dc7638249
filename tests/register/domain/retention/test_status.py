"""A run that failed is shown that day, to those who can see to it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from register.domain.retention.status import failed_run, holds_to_review
from register.models import RetentionRun
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import HoldFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 2)


def a_run(**fields):
    return RetentionRun.objects.create(**{"today": TODAY, "passes": 1, "steps_failed": 2} | fields)


@pytest.mark.parametrize("role", Role)
def test_it_is_told_to_main_user_and_contact_alone(role):
    run = a_run()
    told = role in (Role.MAIN_USER, Role.DATA_PROTECTION)
    assert failed_run(by=staff(role), today=TODAY) == (run if told else None)


@pytest.mark.parametrize(
    "fields",
    [
        {"finished_at": datetime(2027, 1, 2, tzinfo=UTC)},
        {"passes": 0},
        {"dry": True},
        {"today": TODAY - timedelta(days=2)},
    ],
    ids=str,
)
def test_other_runs_are_no_alarm(fields):
    a_run(**fields)
    assert failed_run(by=staff(Role.MAIN_USER), today=TODAY) is None


def test_a_later_run_that_finished_ends_the_alarm():
    a_run()
    a_run(today=TODAY + timedelta(days=1), finished_at=timezone.now())
    assert failed_run(by=staff(Role.MAIN_USER), today=TODAY + timedelta(days=1)) is None


def test_the_home_page_says_so(client):
    client.force_login(staff(Role.MAIN_USER))
    a_run(today=today())
    assert "Poistoajo ei valmistunut" in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("days", "released_on", "count"),
    [(-1, None, 0), (0, None, 1), (30, None, 1), (31, None, 0), (5, TODAY, 0)],
    ids=["late", "today", "last day", "later", "released"],
)
def test_a_review_is_told_of_thirty_days_ahead(days, released_on, count):
    """R06: what is late is told of on top of the screen."""
    review_on = TODAY + timedelta(days=days)
    HoldFactory(set_on=date(2026, 12, 1), review_on=review_on, released_on=released_on)
    assert holds_to_review(by=staff(Role.DATA_PROTECTION), today=TODAY) == count
    assert holds_to_review(by=staff(Role.MAIN_USER), today=TODAY) == 0
