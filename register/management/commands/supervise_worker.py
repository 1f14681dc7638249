"""Run the background worker and restart it when it freezes."""

import logging
import signal
import sys
import threading
import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from register.conf import register_settings
from register.domain.operations.heartbeat import is_alive
from register.domain.operations.keys import refuse_unknown
from register.management.plain import PlainCommand
from register.tasks.process_group import ProcessGroup
from register.tasks.release import release_tasks
from register.tasks.supervision import supervising

logger = logging.getLogger("register.worker")


class Command(PlainCommand):
    """Start `qcluster` in a process group of its own and watch the heartbeat's age.

    A killed idle worker freezes django-q2's cluster for good; a killed parent leaves its children
    running. So a silent or broken cluster is killed as a whole and started anew. One supervisor
    for each database.
    """

    help = "Runs the background worker (qcluster) and restarts it when it gives no sign of life."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--poll", type=float, default=2.0, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unknown()
        with supervising() as alone:
            if not alone:
                raise CommandError(_("The worker is supervised already: one is enough."))
            self.supervise(poll=options["poll"])

    def supervise(self, *, poll: float) -> None:
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.is_set():
            group = ProcessGroup([sys.executable, sys.argv[0], "qcluster"])
            try:
                reason = watch(group, stopping, poll=poll)
                if reason is None:
                    # A running slice may end in peace; it is safe to kill all the same.
                    group.stop(patience=register_settings.SLICE.total_seconds() + 15)
            finally:
                group.kill()
            if reason is not None:
                logger.error("The worker %s: all of it is killed and started anew.", reason)
                release()
                stopping.wait(1)


def watch(group: ProcessGroup, stopping: threading.Event, *, poll: float) -> str | None:
    """Return why the cluster must be started anew, or None when it is time to stop.

    A cluster that has just started is given the limit too.
    """
    limit = register_settings.HEARTBEAT_LIMIT.total_seconds()
    started = time.monotonic()
    while not stopping.wait(poll):
        if not group.leader_runs:
            return "has ended"
        if time.monotonic() - started > limit and not gives_sign_of_life():
            return "gives no sign of life"
    return None


def gives_sign_of_life() -> bool:
    """Whether the heartbeat is fresh. A database that is away is no fault of the worker."""
    try:
        return is_alive(now=timezone.now())
    except DatabaseError:
        logger.warning("The heartbeat can't be read", exc_info=True)
        connections.close_all()
        return True


def release() -> None:
    try:
        release_tasks()
    except DatabaseError:
        logger.warning("The killed worker's tasks wait for their retry", exc_info=True)
        connections.close_all()
