"""While PostgreSQL is away web and worker say so in a few lines, and go on when it is back."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.futuuri_site.settings.test_production import SETTINGS
from tests.integration.postgresql_server import free_port, running
from tests.integration.processes import wait_for
from tests.integration.test_production_start import CONFIGURATION, Server, answers, encrypted

AWAY = 13  # seconds: the worker asks each second, and its pusher gives up after ten
LINES = 12  # of the worker: three processes, each by itself, and what starts them anew


@pytest.fixture
def processes(tmp_path):
    """A server, the web process and the supervised worker on it, each with its log."""
    with running("") as database:
        env = os.environ | SETTINGS
        env |= {
            "DJANGO_SETTINGS_MODULE": "futuuri_site.settings.production",
            "DATABASE_URL": database.url,
            "VAR_DIR": str(tmp_path),
            "PRIVATE_DIR": str(tmp_path / "private"),
            "MEDIA_ROOT": str(tmp_path / "media"),
        }

        def start(name, *command):
            with (tmp_path / name).open("wb") as log:
                return subprocess.Popen(
                    command, cwd=settings.BASE_DIR, env=env, stderr=log, stdout=log
                )

        manage = [sys.executable, "manage.py"]
        for command in ("migrate -v0", "collectstatic --noinput -v0", "create_site_content -v0"):
            assert start("set-up", *manage, *command.split()).wait() == 0
        port = free_port()
        gunicorn = Path(sys.executable).with_name("gunicorn")
        started = [
            start(
                "web",
                gunicorn,
                "futuuri_site.wsgi",
                "-b",
                f"127.0.0.1:{port}",
                "-c",
                CONFIGURATION,
            ),
            start("worker", *manage, "supervise_worker"),
        ]
        web = Server(port, tmp_path / "web")
        try:
            wait_for(lambda: answers(port))
            wait_for(lambda: web("/", **encrypted())[0] == 200)
            yield database, web, tmp_path / "worker"
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=90)


def test_an_outage_takes_a_few_lines_and_ends(processes):
    database, web, worker = processes
    before = {each: each.stat().st_size for each in (web.written, worker)}
    # Until the worker has begun to ask.
    time.sleep(5)
    database.stop()
    end = time.monotonic() + AWAY
    asked = 0
    while time.monotonic() < end:
        assert web("/", **encrypted())[0] == 500
        asked += 1
        time.sleep(0.1)
    database.start()
    wait_for(lambda: web("/", **encrypted())[0] == 200)

    assert asked > 20
    log = {each: each.read_bytes()[before[each] :].decode() for each in before}
    # One of each web process.
    assert 1 <= log[web.written].count("\n") <= 2, log[web.written]
    assert "the database does not answer" in log[web.written]
    assert "the database does not answer" in log[worker]
    assert log[worker].count("\n") <= LINES, log[worker]
    for text in log.values():
        assert "Traceback" not in text
        assert 'File "' not in text
