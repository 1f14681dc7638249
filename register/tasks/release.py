"""What becomes of the tasks that a killed cluster had taken."""

from django.utils import timezone
from django_q.models import OrmQ


def release_tasks() -> int:
    """Free the tasks that a killed cluster had taken, and return their number.

    The queue would hand them out again only after `retry`. Call it only when no cluster runs on
    this database: whoever started the cluster knows.
    """
    return OrmQ.objects.filter(lock__gt=timezone.now()).update(lock=timezone.now())
