"""A PostgreSQL server of a test's own, with its log, where the machine has the programs."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER, PASSWORD = "register", "register"
NO_POSTGRESQL = "Tests of PostgreSQL's own log were skipped: its programs are not there."


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest; None where there is none."""
    folders = [Path(each) for each in glob.glob("/usr/lib/postgresql/*/bin")]
    folders.sort(key=lambda each: float(each.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).parent)
    return next((each for each in folders if (each / "pg_ctl").exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server on a free port. It refuses to run as root, so that root lends it another user."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.log = folder / "log"
        found = programs()
        assert found
        self.programs = found
        self.account = None
        if os.geteuid() == 0:
            names = {each.pw_name: each for each in pwd.getpwall()}
            self.account = names.get("postgres") or names["nobody"]
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        as_other = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
            if self.account
            else {}
        )
        subprocess.run(
            [self.programs / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            **as_other,
        )

    def make(self, configuration: str) -> None:
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self.run("initdb", "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8")
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(
                f"\n{configuration}\nport = {self.port}\nlisten_addresses = '127.0.0.1'\n"
                f"unix_socket_directories = '{self.folder}'\nfsync = off\nlog_lock_waits = on\n"
                "deadlock_timeout = '200ms'\nlc_messages = 'C'\n"
            )

    def start(self) -> None:
        self.run("pg_ctl", "-l", str(self.log), "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-m", "immediate", "stop")


@contextmanager
def running(configuration: str) -> Iterator[Server]:
    """Run a server with these lines of configuration beside its defaults."""
    if programs() is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(NO_POSTGRESQL)
    with tempfile.TemporaryDirectory(prefix="futuuri-postgresql-") as folder:
        server = Server(Path(folder))
        server.make(configuration)
        server.start()
        try:
            yield server
        finally:
            server.stop()
