"""Old task results and ended sessions are forgotten."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Task

from register.domain.operations import tidying


@pytest.mark.django_db
def test_old_results_and_ended_sessions_are_forgotten():
    now = timezone.now()
    for number, age in enumerate((10, 100)):
        then = now - timedelta(days=age)
        Task.objects.create(
            id=str(number), name="x", func="x", started=then, stopped=then, success=False
        )
        Session.objects.create(session_key=str(number), expire_date=then)
    assert tidying.tidy_up(now=now) == 3
    assert [task.id for task in Task.objects.all()] == ["0"]
