"""A command is ended with all that it started."""

import sys

from register.tasks.process_group import ProcessGroup

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("started", flush=True)
time.sleep({parent})
"""


def started(parent: int) -> ProcessGroup:
    return ProcessGroup([sys.executable, "-c", PARENT.format(parent=parent)])


def test_it_runs_until_it_is_stopped():
    group = started(60)
    assert group.leader_runs
    assert group.runs
    group.stop(patience=5)
    assert not group.leader_runs
    assert not group.runs


def test_a_child_that_outlives_its_parent_is_ended_too():
    group = started(0)
    group.process.wait(timeout=20)
    assert not group.leader_runs
    assert group.runs
    group.kill()
    assert not group.runs
