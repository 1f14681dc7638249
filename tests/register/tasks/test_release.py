"""The tasks that a killed worker had taken."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from register.tasks.release import release_tasks

pytestmark = pytest.mark.django_db


def test_tasks_that_it_had_taken_are_freed():
    taken = OrmQ.objects.create(key="x", payload="", lock=timezone.now() + timedelta(minutes=15))
    free = OrmQ.objects.create(key="y", payload="", lock=timezone.now() - timedelta(minutes=1))
    before = free.lock
    assert release_tasks() == 1
    taken.refresh_from_db()
    free.refresh_from_db()
    assert taken.lock <= timezone.now()
    assert free.lock == before
