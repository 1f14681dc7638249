"""Real processes on the tests' own database, and what the kernel says about them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """Return the address of the database that this test uses."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{db['NAME']}"
    return f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{db['NAME']}"


def manage(*arguments: str, **env: str) -> subprocess.Popen[str]:
    """Start manage.py in a session of its own, on this test's database."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.integration.worker_settings",
            "DATABASE_URL": database_url(),
            "TEST_PRIVATE_DIR": str(settings.REGISTER["PRIVATE_DIR"]),
        }
        | env,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(condition: Callable[[], object], seconds: float = 60) -> object:
    """Return the first true value of `condition`, asked ten times a second."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.1)
    raise AssertionError("It did not happen in time.")


def _stat(pid: int) -> list[str]:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _living() -> dict[int, list[str]]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {pid: stat for pid in pids if (stat := _stat(pid)) and stat[0] != "Z"}


def children(pid: int) -> list[int]:
    """Return the living children of a process, the oldest first."""
    found = [child for child, stat in _living().items() if int(stat[1]) == pid]
    return sorted(found, key=lambda child: int((_stat(child) or ["0"] * 20)[19]))


def members(group: int) -> list[int]:
    """Return the living processes of a process group."""
    return [pid for pid, stat in _living().items() if int(stat[2]) == group]
