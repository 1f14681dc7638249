"""The real worker processes: a task runs, a frozen cluster is replaced, nothing is orphaned."""

import os
import signal
import time

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Task
from django_q.tasks import async_task

from register.models import Heartbeat
from register.task_safety import careful

from .processes import children, manage, members, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def supervisor(request):
    limit = request.node.get_closest_marker("heartbeat_limit")
    process = manage(
        "supervise_worker", "--poll", "0.3", HEARTBEAT_LIMIT=str(limit.args[0] if limit else 4)
    )
    yield process
    groups = children(process.pid)
    process.terminate()
    process.wait(timeout=20)
    for group in groups:
        for pid in members(group):
            os.kill(pid, signal.SIGKILL)


def cluster_of(supervisor) -> int:
    """Return the cluster's leader, whose id is its process group's too."""
    return wait_for(lambda: children(supervisor.pid))[0]


def worker_of(cluster: int) -> int:
    """Return the worker process: the first that the cluster's sentinel starts."""
    sentinel = wait_for(lambda: children(cluster))[0]
    return wait_for(lambda: len(children(sentinel)) == 3 and children(sentinel))[0]


def done(task_id: str) -> bool:
    return Task.objects.filter(id=task_id, success=True).exists()


def test_a_frozen_cluster_is_replaced_and_its_queue_is_worked_off(supervisor):
    first = async_task("register.tasks.beat")
    wait_for(lambda: done(first))
    assert Heartbeat.objects.exists()
    cluster = cluster_of(supervisor)

    os.kill(worker_of(cluster), signal.SIGKILL)
    killed_at = time.monotonic()
    second = async_task("register.tasks.beat")
    wait_for(lambda: done(second))

    assert time.monotonic() - killed_at > 1, "the cluster never froze"
    wait_for(lambda: cluster_of(supervisor) != cluster)
    assert members(cluster) == []
    assert not OrmQ.objects.exists()


def test_a_killed_cluster_leaves_no_process_beside_the_new_one(supervisor):
    cluster = cluster_of(supervisor)
    worker_of(cluster)

    os.kill(cluster, signal.SIGKILL)

    wait_for(lambda: members(cluster) == [])
    task = async_task("register.tasks.beat")
    wait_for(lambda: done(task))
    assert cluster_of(supervisor) != cluster


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_stopping_the_supervisor_stops_everything(supervisor, number):
    cluster = cluster_of(supervisor)
    worker_of(cluster)

    supervisor.send_signal(number)

    assert supervisor.wait(timeout=20) == (0 if number is not signal.SIGKILL else -number)
    wait_for(lambda: members(cluster) == [])


@careful
def kill_own_worker() -> dict[str, int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


@pytest.mark.heartbeat_limit(60)
def test_a_task_that_kills_its_worker_stops_after_three_attempts(supervisor):
    """django-q2 alone would hand it out for ever (`max_attempts` counts results only)."""
    task = async_task("tests.integration.test_worker.kill_own_worker")
    wait_for(lambda: not OrmQ.objects.exists(), seconds=30)

    row = Task.objects.get(id=task)
    assert not row.success
    assert "too many attempts" in row.result
    assert row.started < timezone.now()
