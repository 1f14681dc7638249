"""django-q2's own worker and monitor, run here on a task that was queued."""

import multiprocessing

from django_q.models import OrmQ, Task
from django_q.monitor import monitor
from django_q.queues import Queue
from django_q.signing import SignedPackage
from django_q.tasks import async_task
from django_q.worker import worker


def run(func, *args):
    """Queue a task and let django-q2's own worker and monitor run it here and store its result."""
    async_task(func, *args)
    message = OrmQ.objects.latest("pk")
    package = SignedPackage.loads(message.payload) | {"ack_id": message.pk}
    todo, results = Queue(), Queue()
    for item in (package, "STOP"):
        todo.put(item)
    worker(todo, results, multiprocessing.Value("f", -1), timeout=-1)
    results.put("STOP")
    monitor(results)
    return Task.objects.get(id=package["id"])
