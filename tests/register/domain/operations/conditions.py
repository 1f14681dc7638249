"""A register in which all is well, from which each test takes one thing away."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django_q.models import Task

from register.domain.operations import database_log, heartbeat
from register.domain.operations.backups import kept
from register.domain.staff.deputies import DEPUTISED
from register.models import Heartbeat, RetentionRun
from register.reference.clock import local
from tests.factories import staff


def all_well(*, now: datetime) -> None:
    heartbeat.beat(now=now)
    Heartbeat.objects.update(log_verified_at=now - timedelta(hours=6))
    RetentionRun.objects.create(
        today=local(now).date(),
        started_at=now - timedelta(hours=2),
        finished_at=now - timedelta(hours=1),
    )
    for file in kept.kept().values():
        file.unlink()
    a_backup(at=now - timedelta(hours=8))
    for name in ("export_billing", "tidy_up", "watch_promises"):
        a_task(name, at=now - timedelta(hours=1))
    for _deputy in range(2):
        staff(*DEPUTISED)
    quieten_the_database()


def quieten_the_database() -> None:
    """Set PostgreSQL's log as documented, until the end of the transaction."""
    for name in database_log.telling():
        set_in_database(name, database_log.QUIET[name][0])


def set_in_database(name: str, value: str) -> None:
    """Set a setting of PostgreSQL until the end of the transaction; only a superuser may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def a_backup(*, at: datetime) -> Path:
    file = kept.folder() / kept.name(at)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"age-encryption.org/v1")
    return file


def a_task(name: str, *, at: datetime, success: bool = True, result: str = "") -> Task:
    return Task.objects.create(
        id=f"{name}{at:%Y%m%d%H%M%S}"[:32],
        name=name,
        func=f"register.tasks.entry.{name}",
        started=at,
        stopped=at,
        success=success,
        result=result,
    )
