"""The test settings for a real worker process: the tests' own database and short limits."""
# ruff: noqa: F403, F405

import os
from datetime import timedelta

from futuuri_site.settings.test import *

TIMEOUT = int(os.environ.get("TASK_TIMEOUT", "1"))
Q_CLUSTER |= {
    "workers": 1,
    "poll": 0.2,
    "timeout": TIMEOUT,
    "retry": 2 * TIMEOUT,
    "queue_limit": 1,
}
REGISTER |= {
    # The test's own, since each process would make another.
    "PRIVATE_DIR": os.environ["TEST_PRIVATE_DIR"],
    "HEARTBEAT_LIMIT": timedelta(seconds=float(os.environ.get("HEARTBEAT_LIMIT", "8"))),
    "SLICE": timedelta(seconds=1),
}
