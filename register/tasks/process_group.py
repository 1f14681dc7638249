"""A command in a process group of its own, so that it can be ended with all its children."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _end_with_parent() -> None:
    """Ask the kernel for a SIGTERM when the parent dies, even by SIGKILL (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class ProcessGroup:
    """A running command and whatever it started.

    It has a session of its own: Ctrl-C in a terminal reaches only the process that started it,
    which then stops it in good order.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            command, env=env, start_new_session=True, preexec_fn=_end_with_parent
        )
        self.id = self.process.pid

    @property
    def leader_runs(self) -> bool:
        return self.process.poll() is None

    @property
    def runs(self) -> bool:
        """Whether any process of the group is left."""
        self.process.poll()
        try:
            os.killpg(self.id, 0)
        except ProcessLookupError:
            return False
        return True

    def stop(self, patience: float) -> None:
        """Ask the leader to end, wait up to `patience` seconds, then kill what is left."""
        if self.leader_runs:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=patience)
        self.kill()

    def kill(self) -> None:
        """End every process of the group at once, and return when none is left."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.id, signal.SIGKILL)
        self.process.wait()
        deadline = time.monotonic() + 5
        while self.runs and time.monotonic() < deadline:
            time.sleep(0.02)
