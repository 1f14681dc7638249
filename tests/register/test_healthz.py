"""/healthz tells whether the worker is alive, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from register.domain import worker

pytestmark = pytest.mark.django_db


def test_it_is_well_after_a_fresh_heartbeat(client):
    worker.beat(now=timezone.now() - timedelta(seconds=20))
    response = client.get("/healthz")
    assert response.status_code == 200
    assert 20 <= response.json()["worker_heartbeat_age"] < 30
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("age", [None, timedelta(minutes=4)])
def test_it_is_unwell_without_one(client, age):
    if age:
        worker.beat(now=timezone.now() - age)
    assert client.get("/healthz").status_code == 503


def test_it_takes_no_post(client):
    assert client.post("/healthz").status_code == 405
