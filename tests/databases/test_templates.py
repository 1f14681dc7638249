"""Copies of a template are clean and complete, whatever was killed before; on both databases."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from tests.databases import end_sessions

PROCESS = """
import os, signal, sys, time
from pathlib import Path
from django.db import connection
from tests.databases import connect_to, template

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def make(name):
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    connect_to(name)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE made (maker integer)")
        DURING
        cursor.execute("INSERT INTO made VALUES (%s)", [os.getpid()])
    connection.close()

folder, prefix, key, copy = sys.argv[1:]
template(key, folder=Path(folder), prefix=prefix).copy_to(copy, make=make)
connect_to(copy)
with connection.cursor() as cursor:
    cursor.execute("SELECT maker FROM made")
    print(*(maker for (maker,) in cursor.fetchall()))
    AFTER
"""


class Place:
    """Where one test keeps its templates and copies."""

    def __init__(self, folder, prefix):
        self.folder, self.prefix = folder, prefix

    def start(self, *, key="a", copy="copy", during="pass", after="pass"):
        name = f"{self.prefix}{copy}"
        return subprocess.Popen(
            [
                *(sys.executable, "-c"),
                PROCESS.replace("DURING", during).replace("AFTER", after),
                *(self.folder, f"{self.prefix}template_", key),
                self.folder.parent / f"{name}.sqlite3" if connection.vendor == "sqlite" else name,
            ],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, **options):
        """Return what the copy holds, and how the process ended."""
        process = self.start(**options)
        return process.communicate(timeout=60)[0].strip(), process.returncode

    def kept(self):
        """Return the keys of the templates."""
        if connection.vendor == "sqlite":
            return {path.stem for path in self.folder.glob("*.sqlite3")}
        return {name.removeprefix(f"{self.prefix}template_") for name in databases(self.prefix)} - {
            f"{self.prefix}copy",
            f"{self.prefix}other",
        }


def databases(prefix):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def place(tmp_path, django_db_blocker):
    prefix = f"test_place_{os.getpid()}_"
    with django_db_blocker.unblock():
        yield Place(tmp_path / "templates", prefix)
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                for name in databases(prefix):
                    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_template_is_made_once_and_copied(place):
    maker, ended = place.run()

    assert (maker.isdigit(), ended) == (True, 0)
    assert place.run(copy="other") == (maker, 0)


def test_two_at_once_make_one(place):
    both = [place.start(copy=copy, during="time.sleep(1)") for copy in ("copy", "other")]
    makers = {process.communicate(timeout=60)[0] for process in both}

    assert [process.returncode for process in both] == [0, 0]
    assert len(makers) == 1


def test_what_was_killed_in_the_making_is_made_again(place):
    assert place.run(during="die()") == ("", -signal.SIGKILL)

    maker, ended = place.run()

    assert (maker.isdigit(), ended) == (True, 0)
    assert place.kept() == {"a"}


def test_a_killed_run_leaves_nothing_in_the_next_copy(place):
    _, ended = place.run(after="cursor.execute('INSERT INTO made VALUES (0)'); die()")
    assert ended == -signal.SIGKILL

    maker, ended = place.run()

    assert (maker.isdigit(), ended) == (True, 0)


def test_another_key_takes_the_place_of_the_old_template(place):
    first, _ = place.run(key="a")
    second, _ = place.run(key="b")

    assert first != second
    assert place.kept() == {"b"}


def test_what_the_code_makes_after_migrating_is_made_in_each_copy(tmp_path):
    """Role groups are code: a new role is there without a new template."""
    code = """
import sys
import django; django.setup()
from django.contrib.auth.models import Group
from django.db.models.signals import post_migrate
from tests import databases
def new_role(**kwargs):
    Group.objects.get_or_create(name="newer than the template")
post_migrate.connect(new_role)
databases.connect_to_copy(sys.argv[1])
print(Group.objects.filter(name="newer than the template").count())
databases.drop_copy(back_to=databases.ORIGINAL)
"""
    name = f"test_probe_{os.getpid()}"
    if connection.vendor == "sqlite":
        name = tmp_path / name
    answer = subprocess.run(
        [sys.executable, "-c", code, name], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert (answer.stdout.strip(), answer.returncode) == ("1", 0), answer.stderr


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no sessions")
@pytest.mark.django_db(transaction=True)
def test_a_session_that_was_left_open_is_ended():
    left = connection.copy()
    left.ensure_connection()
    end_sessions()
    with pytest.raises(OperationalError), left.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    left.close()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no sessions")
@pytest.mark.django_db(transaction=True)
def test_an_own_session_that_was_ended_is_no_hindrance():
    connection.ensure_connection()
    ending = connection.copy()
    with ending.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    ending.close()
    end_sessions()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
