"""The real worker processes: a task runs, a frozen cluster is replaced, nothing is orphaned."""

import os
import signal
import time
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task
from django_q.scheduler import scheduler
from django_q.tasks import async_task
from wagtail.models import Locale, Page

from home.models import HomePage
from register.models import BookkeepingRow, Client, ExportBatch, Heartbeat, ServiceOrder
from register.models.billing import BatchState
from register.tasks import schedules
from register.tasks.guard import guarded
from tests.factories import ProcessorFactory, ServiceOrderFactory, list_of_last_evening
from tests.integration.processes import children, manage, members, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def supervisor(request):
    limit, timeout = (
        str(marker.args[0]) if (marker := request.node.get_closest_marker(name)) else default
        for name, default in (("heartbeat_limit", "8"), ("task_timeout", "1"))
    )
    process = manage(
        "supervise_worker", "--poll", "0.3", HEARTBEAT_LIMIT=limit, TASK_TIMEOUT=timeout
    )
    yield process
    groups = children(process.pid)
    process.terminate()
    process.wait(timeout=60)
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
    first = async_task("register.tasks.entry.beat")
    wait_for(lambda: done(first))
    assert Heartbeat.objects.exists()
    cluster = cluster_of(supervisor)

    os.kill(worker_of(cluster), signal.SIGKILL)
    killed_at = time.monotonic()
    second = async_task("register.tasks.entry.beat")
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
    task = async_task("register.tasks.entry.beat")
    wait_for(lambda: done(task))
    assert cluster_of(supervisor) != cluster


@pytest.mark.heartbeat_limit(60)
@pytest.mark.task_timeout(60)
def test_overdue_schedules_do_what_today_asks_for_and_no_more(supervisor):
    """As after a restored backup, or a machine that was off: every schedule fires at once."""
    today = timezone.localdate()
    last_year, this_year = date(today.year - 1, 6, 1), date(today.year, 1, 1)
    ProcessorFactory()
    due = order_that_ended(last_year, price=0)
    staying = order_that_ended(this_year, price=0)
    billable = order_that_ended(this_year, price=100)
    list_of_last_evening(today)
    page = page_that_was_to_go_live(timezone.now() - timedelta(hours=1))
    schedules.sync(now=timezone.now())
    Schedule.objects.update(next_run=timezone.localtime() - timedelta(days=400))

    scheduler()
    wait_for(lambda: Task.objects.filter(success=True).count() == Schedule.objects.count())

    failed = Task.objects.filter(success=False)
    assert list(failed.values_list("func", "result")) == []
    assert not Schedule.objects.filter(next_run__lt=timezone.now()).exists()
    assert set(ServiceOrder.objects.all()) == {staying, billable}
    assert not Client.objects.filter(pk=due.client_id).exists()
    assert ExportBatch.objects.get().state == BatchState.WRITTEN
    assert BookkeepingRow.objects.get().order == billable
    page.refresh_from_db()
    assert page.live


def page_that_was_to_go_live(moment: datetime) -> HomePage:
    page = HomePage(title="Sivu", slug="sivu", lead="Ajastettu", live=False, go_live_at=moment)
    locale = Locale.objects.get_or_create(language_code="fi")[0]
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    root.add_child(instance=page)
    page.save_revision(approved_go_live_at=moment)
    return page


def order_that_ended(day: date, price: int) -> ServiceOrder:
    return ServiceOrderFactory(
        starts_on=day - timedelta(days=30), planned_end=day, actual_end=day, price=price
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_stopping_the_supervisor_stops_everything(supervisor, number):
    cluster = cluster_of(supervisor)
    worker_of(cluster)

    supervisor.send_signal(number)

    assert supervisor.wait(timeout=60) == (0 if number is not signal.SIGKILL else -number)
    wait_for(lambda: members(cluster) == [])


@guarded
def kill_own_worker() -> dict[str, int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


@pytest.mark.heartbeat_limit(60)
def test_a_task_that_kills_its_worker_stops_after_three_attempts(supervisor):
    """django-q2 alone would hand it out for ever (`max_attempts` counts results only)."""
    task = async_task("tests.integration.test_worker.kill_own_worker")
    wait_for(lambda: not OrmQ.objects.exists())

    row = Task.objects.get(id=task)
    assert not row.success
    assert "too many attempts" in row.result
    assert row.started < timezone.now()
