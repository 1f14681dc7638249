"""One process at a time, until it ends, however it ends."""

import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from register.files.locks import lock

HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "ab")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(float(sys.argv[2]))
open(sys.argv[1] + ".done", "w").close()
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "x.lock"


@contextmanager
def held_elsewhere(file, seconds: float = 60):
    """Another process has the lock for so long, or until the block ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, file, str(seconds)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "held\n"
        yield other
    finally:
        other.kill()
        other.communicate()


def test_a_free_lock_is_taken_at_once(file):
    with lock(file, until=time.monotonic() + 60) as held:
        assert held
    with lock(file) as held:
        assert held


def test_when_the_time_is_up_the_lock_is_not_held(file):
    with held_elsewhere(file), lock(file, until=time.monotonic() + 0.1) as held:
        assert not held


@pytest.mark.parametrize("limit", [None, 60])
def test_it_waits_for_another_process(file, limit):
    with held_elsewhere(file, seconds=0.3):
        until = None if limit is None else time.monotonic() + limit
        with lock(file, until=until) as held:
            assert held
            assert file.with_suffix(".lock.done").exists()


def test_a_killed_process_keeps_no_lock(file):
    with held_elsewhere(file) as other:
        other.kill()
        other.wait()
        with lock(file, until=time.monotonic() + 60) as held:
            assert held


def test_the_lock_is_free_after_an_error(file):
    with pytest.raises(ValueError, match="x"), lock(file):
        raise ValueError("x")
    with lock(file, until=time.monotonic() + 60) as held:
        assert held


def test_what_is_tried_once_is_told_at_once(file):
    with held_elsewhere(file), lock(file, until=0) as held:
        assert not held
    with lock(file, until=0) as held:
        assert held
