"""Entry points of django-q2: primitive arguments (ids, never personal values)."""

from django.utils import timezone

from .domain import worker
from .task_safety import careful


@careful
def beat() -> dict[str, int]:
    """Give the sign of life that `healthz` and the supervisor look for."""
    worker.beat(now=timezone.now())
    return {"beats": 1}
