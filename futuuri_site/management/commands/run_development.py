"""`make run`: set everything up, then run the site and the worker until Ctrl-C."""

import signal
import socket
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from futuuri_site import demo, demo_content
from register.management.plain import PlainCommand
from register.tasks.process_group import ProcessGroup

HOST = "127.0.0.1"
NAME = "localhost"  # browsers make no passkey for an address of numbers
START_LIMIT = 60  # seconds that the web server may take until it answers
PATIENCE = 20  # seconds that a process may take to stop before it is killed


class Command(PlainCommand):
    help = "Sets up a demonstration and runs the site and its worker (development only)."
    requires_system_checks: list[str] = []
    works_when_restored = True  # what it starts looks by itself

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_CONTENT_ALLOWED:
            raise CommandError("This command is for the development settings only.")
        port = options["port"]
        refuse_busy_port(port)
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        self.set_up()
        connections.close_all()

        manage = [sys.executable, sys.argv[0]]
        groups: list[ProcessGroup] = []
        try:
            web = ["runserver", "--noreload", "--skip-checks", f"{HOST}:{port}"]
            groups.append(ProcessGroup([*manage, *web]))
            groups.append(ProcessGroup([*manage, "supervise_worker"]))
            if wait_for_answer(port, groups[0], stopping):
                self.tell(port)
            while not stopping.wait(0.5):
                if not all(group.leader_runs for group in groups):
                    raise CommandError("The web server or the worker has ended by itself.")
        finally:
            for group in groups:
                if group.leader_runs:
                    group.process.terminate()
            for group in groups:
                group.stop(patience=PATIENCE)
        self.stdout.write("Stopped.")

    def set_up(self) -> None:
        """Bring database, content and schedules up to date; what is done already is skipped."""
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Setting up the database …")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("create_site_content", verbosity=0)
        try:
            if demo_content.create():
                self.stdout.write("Demo content made.")
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        call_command("sync_schedules", stdout=self.stdout)

    def tell(self, port: int) -> None:
        """Print where everything is, and one login for each role."""
        address = f"http://{NAME}:{port}"
        lines = ["", f"  Site      {address}/", f"  Notice    {address}/tietosuojaseloste/"]
        lines += [f"  Feedback  {address}/palaute/", f"  Staff     {address}/admin/", ""]
        lines += [f"  Logins, all with the password {demo.PASSWORD}", ""]
        lines += [f"    {who.username:<24}{who.description}" for who in demo.LOGINS]
        self.stdout.write("\n".join([*lines, "", "  Ctrl-C stops everything.", ""]))
        self.stdout.flush()


def refuse_busy_port(port: int) -> None:
    """Raise CommandError when something listens on the port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((HOST, port)) == 0:
            raise CommandError(f"Port {port} is in use. Choose another: make run PORT=8001")


def wait_for_answer(port: int, web: ProcessGroup, stopping: threading.Event) -> bool:
    """Return whether the web server listens in time."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and web.leader_runs and not stopping.is_set():
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.1)
    return False
