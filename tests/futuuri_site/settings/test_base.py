"""SQLite is really set up so that web and worker share one file."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from futuuri_site.settings.base import Q_CLUSTER, database
from register.conf import register_settings
from tests.integration.processes import database_url

on_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="tells of SQLite's own settings"
)


def pragma(name: str):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
    ],
)
def test_the_pragma_is_in_force(name, value):
    assert pragma(name) == value


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_takes_the_write_lock_at_its_beginning():
    from django.db import transaction

    with transaction.atomic():
        other = subprocess.run(
            [sys.executable, "-c", TRY_TO_WRITE, connection.settings_dict["NAME"]],
            capture_output=True,
            text=True,
        )
    assert "locked" in other.stdout


TRY_TO_WRITE = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
"""


def test_requests_are_no_transactions():
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False


def test_postgresql_gets_no_sqlite_options():
    assert set(database("postgres://a:b@127.0.0.1/c")["OPTIONS"]) == {
        "options",
        "server_side_binding",
    }


READ_THEN_WRITE = """
import django
django.setup()
from django.db import transaction
from django.db.models import Max
from django_q.models import OrmQ
for _ in range(300):
    with transaction.atomic():
        seen = OrmQ.objects.aggregate(last=Max("lock"), n=Max("id"))["n"] or 0
        OrmQ.objects.create(key="soak", payload=str(seen))
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_read_then_write_without_a_locked_database():
    """With Django's defaults most of these fail with "database is locked"."""
    from django_q.models import OrmQ

    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "futuuri_site.settings.test",
        "DATABASE_URL": database_url(),
    }
    start = time.monotonic()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", READ_THEN_WRITE],
            cwd=settings.BASE_DIR,
            env=env,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    errors = [process.communicate(timeout=120)[1] for process in both]

    assert [process.returncode for process in both] == [0, 0], errors
    assert OrmQ.objects.filter(key="soak").count() == 600
    print(f"600 transactions in {time.monotonic() - start:.1f} s")


def test_a_task_is_not_handed_out_again_while_it_may_still_run():
    longest = Q_CLUSTER["timeout"] * (Q_CLUSTER["queue_limit"] / Q_CLUSTER["workers"] + 2)
    assert Q_CLUSTER["retry"] > 1.5 * longest
    assert register_settings.SLICE.total_seconds() < Q_CLUSTER["timeout"] / 2


@pytest.mark.parametrize("query", ["", "?server_side_binding=false", "?sslmode=require"])
def test_no_value_travels_inside_a_statement(query):
    """Of a statement that fails PostgreSQL's log would have the name, too."""
    options = database(f"postgres://u:p@h/n{query}")["OPTIONS"]
    assert options["server_side_binding"] is True
