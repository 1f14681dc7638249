"""A sealed log for a test, and ways past the software into its tables."""

import math
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.access_log import protection, sealing
from register.domain.access_log.recording import record
from register.inventory.vocabulary import Purpose
from register.models import Client
from register.models.access_log import Action


def used(*clients, model=Client):
    """Write an entry about clients."""
    return record(
        by=SYSTEM,
        action=Action.VIEW,
        purpose=Purpose.GUIDANCE,
        model=model,
        view="test",
        objects=clients,
        clients=[client.pk for client in clients],
        details={"fields": ["name"]},
    )


def seal():
    return sealing.seal_rows(now=timezone.now, until=math.inf)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@contextmanager
def lifted():
    """Take the triggers down, as the owner of the database can."""
    protection.take_down(connection)
    yield
    protection.put_up(connection)
