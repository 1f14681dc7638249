"""`make run`: one command sets up and runs everything, and Ctrl-C leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from futuuri_site import demo
from tests.integration.processes import children, members, wait_for


@pytest.fixture
def start(tmp_path):
    """Start the command on a folder of its own; everything is ended with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DJANGO_SETTINGS_MODULE": "futuuri_site.settings.dev", "VAR_DIR": str(tmp_path / "var")}
    started = []

    def run():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_development", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process, port

    yield run
    for process in started:
        process.kill()
        process.wait()


def output_until(process, last: str) -> str:
    lines = []
    for line in process.stdout:
        lines.append(line)
        if last in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def get(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def groups_of(process) -> list[int]:
    """Return the web server's, the supervisor's and the cluster's process group."""
    web, supervisor = wait_for(lambda: len(children(process.pid)) == 2 and children(process.pid))
    return [web, supervisor, wait_for(lambda: children(supervisor))[0]]


def test_it_sets_up_runs_and_stops_everything(start):
    process, port = start()
    told = output_until(process, "Ctrl-C")
    groups = groups_of(process)

    for login in demo.LOGINS:
        assert login.username in told
    for path in ("/", "/tietosuojaseloste/", "/palaute/", "/admin/login/"):
        assert f"http://localhost:{port}" in told
        assert get(port, path)[0] == 200
    assert json.loads(get(port, "/healthz")[1])["database"]["ok"]

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert [members(group) for group in groups] == [[], [], []]

    begun = time.monotonic()
    process, port = start()
    told = output_until(process, "Ctrl-C")
    print(f"second start: {time.monotonic() - begun:.1f} s")
    assert "Setting up" not in told
    assert "Demo content" not in told
    groups = groups_of(process)

    process.kill()  # not even a chance to say goodbye
    process.wait()
    wait_for(lambda: [members(group) for group in groups] == [[], [], []])


def test_a_busy_port_is_told_with_the_way_out(start):
    with socket.socket() as other:
        process, port = start()
        other.bind(("127.0.0.1", port))
        other.listen()
        answer = process.communicate(timeout=120)[0]
    assert process.returncode != 0
    assert f"Port {port} is in use" in answer
    assert "make run PORT=" in answer


def test_it_refuses_other_settings(start, monkeypatch):
    answer = subprocess.run(
        [sys.executable, "manage.py", "run_development"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "futuuri_site.settings.test"},
        capture_output=True,
        text=True,
    )
    assert answer.returncode != 0
    assert "development settings only" in answer.stderr
