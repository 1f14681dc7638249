"""C38: whatever the database refuses, no log names anybody: its own, the web's, the worker's."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import connection

from tests.futuuri_site.settings.test_production import SETTINGS
from tests.integration.breaking import WAYS, marker
from tests.integration.postgresql_server import free_port, running
from tests.integration.processes import wait_for
from tests.integration.test_production_start import Server, answers, encrypted

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="about PostgreSQL's own log"
)
CONFIGURATION = settings.BASE_DIR / "docs" / "deployment" / "postgresql.conf"
MET = {
    "check": "CheckViolation",
    "missing": "NotNullViolation",
    "unique": "UniqueViolation",
    "too-long": "StringDataRightTruncation",
    "cancelled": "QueryCanceled",
    "locked-out": "LockNotAvailable",
    "deadlock": "DeadlockDetected",
    "copied": "InvalidTextRepresentation",
    "by-hand": "InvalidTextRepresentation",
    "ended": "AdminShutdown",
}
# Of the server's defaults what each way tells is told: the test would see it.
TOLD_BY_DEFAULT = {"check", "missing", "unique", "copied", "by-hand"}
# With values inside the statements, as psycopg writes them by itself.
TOLD_BY_STATEMENTS = {"cancelled", "locked-out", "deadlock", "ended", "too-long"}

CLIENT_SIDE = (
    "from futuuri_site.settings.test import *\n"
    'DATABASES["default"]["OPTIONS"]["server_side_binding"] = False\n'
)


PRODUCTION = (
    "from futuuri_site.settings.production import *\n"
    'ROOT_URLCONF = "tests.integration.breaking_urls"\n'
    'Q_CLUSTER |= {"workers": 1, "max_attempts": 1}\n'
)
# Queue every way as a task, twice: guarded and not; then wait until each has been tried.
QUEUE = """
import time
import django
django.setup()
from django_q.models import OrmQ, Task
from django_q.tasks import async_task
from tests.integration.breaking import WAYS
for way in WAYS:
    for task in ("in_worker", "in_worker_unguarded"):
        async_task(f"tests.integration.breaking.{task}", way)
wanted, end = 2 * len(WAYS), time.monotonic() + 150
while OrmQ.objects.exists() and time.monotonic() < end:
    time.sleep(0.5)
time.sleep(2)
print(Task.objects.filter(success=False).count(), wanted)
"""


def python(*arguments, url, path=None, **env):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "futuuri_site.settings.test", "DATABASE_URL": url}
        | ({"PYTHONPATH": str(path)} if path else {})
        | env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Broken(NamedTuple):
    met: dict[str, str]
    log: str
    telling: list[str]


def broken(configuration, **more):
    """Return what each way met on a server of this configuration, what it logged, what it tells."""
    with running(configuration) as server:
        python("manage.py", "migrate", "-v0", url=server.url)
        found = json.loads(python("-m", "tests.integration.breaking", url=server.url, **more))
        return Broken(found["met"], server.log.read_text(), found["telling"])


@pytest.fixture(scope="module")
def documented():
    return broken(CONFIGURATION.read_text())


@pytest.fixture(scope="module")
def default(tmp_path_factory):
    return broken("")


@pytest.fixture(scope="module")
def default_with_values_in_statements(tmp_path_factory):
    folder = tmp_path_factory.mktemp("settings")
    (folder / "client_side.py").write_text(CLIENT_SIDE)
    return broken("", path=folder, DJANGO_SETTINGS_MODULE="client_side")


@pytest.mark.parametrize("way", MET)
def test_the_log_names_nobody(documented, way):
    assert documented.met.get(way) == MET[way], "it was not refused, or not for this"
    assert marker(way) not in documented.log
    assert "Salainen" not in documented.log
    assert "example.org" not in documented.log


def test_every_way_is_tried(documented):
    assert documented.met == MET
    assert set(WAYS) == set(MET) == TOLD_BY_DEFAULT | TOLD_BY_STATEMENTS


def test_the_log_is_still_one(documented):
    assert "database system is ready" in documented.log
    assert "still waiting" in documented.log


@pytest.mark.parametrize("way", sorted(TOLD_BY_DEFAULT))
def test_a_server_as_it_comes_names_people(default, way):
    assert marker(way) in default.log


@pytest.mark.parametrize("way", sorted(TOLD_BY_STATEMENTS))
def test_values_inside_statements_would_name_people(
    default, default_with_values_in_statements, way
):
    assert marker(way) not in default.log
    assert marker(way) in default_with_values_in_statements.log


def test_the_register_knows_which_is_which(documented, default):
    """`/healthz` and `manage.py doctor` are red until the server is as documented."""
    assert documented.telling == []
    assert default.telling == [
        "log_error_verbosity",
        "log_min_error_statement",
        "log_min_messages",
        "log_parameter_max_length",
    ]


class Logs(NamedTuple):
    web: str
    worker: str
    database: str
    statuses: set[int]
    failed: tuple[str, str]


@pytest.fixture(scope="module")
def in_production(tmp_path_factory):
    """What web, worker and PostgreSQL write when everything goes wrong in them."""
    folder = tmp_path_factory.mktemp("production")
    (folder / "own_settings.py").write_text(PRODUCTION)
    with running(CONFIGURATION.read_text()) as server:
        env = os.environ | SETTINGS
        env |= {
            "DJANGO_SETTINGS_MODULE": "own_settings",
            "PYTHONPATH": f"{folder}:{settings.BASE_DIR}",
            "DATABASE_URL": server.url,
            "VAR_DIR": str(folder),
            "PRIVATE_DIR": str(folder / "private"),
            "MEDIA_ROOT": str(folder / "media"),
        }

        def start(name, *command):
            with (folder / name).open("wb") as log:
                return subprocess.Popen(
                    command, cwd=settings.BASE_DIR, env=env, stderr=log, stdout=log
                )

        manage = [sys.executable, "manage.py"]
        for command in ("migrate -v0", "collectstatic --noinput -v0"):
            assert start("set-up", *manage, *command.split()).wait() == 0
        port = free_port()
        gunicorn = Path(sys.executable).with_name("gunicorn")
        address = ("-b", f"127.0.0.1:{port}", "--no-control-socket")
        started = [
            start("web", gunicorn, "futuuri_site.wsgi", *address),
            start("worker", *manage, "supervise_worker"),
        ]
        try:
            wait_for(lambda: answers(port))
            web = Server(port, folder / "web")
            statuses = {
                web(f"/rikki/{way}/?q=Salainen", **encrypted(Referer="https://x/?Salainen"))[0]
                for way in WAYS
            }
            assert start("queue", sys.executable, "-c", QUEUE).wait() == 0
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=120)
        counted = (folder / "queue").read_text().split()
        logs = ((folder / name).read_text() for name in ("web", "worker"))
        return Logs(*logs, server.log.read_text(), statuses, (counted[-2], counted[-1]))


def test_everything_went_wrong_in_production(in_production):
    assert in_production.statuses == {500}
    assert in_production.failed[0] == in_production.failed[1]
    assert in_production.web.count("Internal Server Error: /rikki/") == len(WAYS)
    for error in ("IntegrityError", "DataError", "OperationalError"):
        assert error in in_production.web
        assert error in in_production.worker


@pytest.mark.parametrize("log", ["web", "worker", "database"])
def test_no_log_of_production_names_anybody(in_production, log):
    text = getattr(in_production, log)
    assert text
    assert "Salainen" not in text
    assert "example.org" not in text.replace(SETTINGS["ALLOWED_HOSTS"], "")
