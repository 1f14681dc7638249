"""docs/deployment, as far as a machine without systemd can run it.

Its files are put where they belong, below a folder of the test instead of the root; nothing else
is changed in them. Then the first start of the operating guide, an upgrade, and one that fails.
"""

import base64
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pyrage import x25519

from tests.integration.processes import database_url, wait_for

ROOT = Path(settings.BASE_DIR)
FILES = ROOT / "docs" / "deployment"
UNITS = ("futuuri-web", "futuuri-worker")
PLACES = {
    "/srv/futuuri": "srv",
    "/etc/futuuri": "etc",
    "/var/lib/futuuri": "lib",
    "/var/backups/futuuri": "backups",
}
AS_ITS_USER = "setpriv --reuid=futuuri --regid=futuuri --init-groups"
HOST = "rekisteri.example.org"

pytestmark = pytest.mark.django_db(transaction=True)


class Machine:
    """A folder that stands for a server."""

    def __init__(self, root: Path, port: int, database: str) -> None:
        self.root, self.port = root, port
        for folder in (
            "bin",
            "srv",
            "etc/systemd",
            "lib/private",
            "lib/static",
            "lib/media",
            "backups",
        ):
            (root / folder).mkdir(parents=True)
        for folder in ("lib/private", "backups"):
            (root / folder).chmod(0o700)
        (root / "srv" / "venv").symlink_to(sys.prefix)
        for unit in UNITS:
            self.install(f"{unit}.service", f"etc/systemd/{unit}.service")
        self.install("futuuri-manage", "bin/futuuri-manage")
        self.install("upgrade", "bin/futuuri-upgrade")
        self.install("environment", "etc/environment")
        self.fill_in(SECRET_KEY="k3yf0rth1st3st" * 5, DATABASE_URL=f"'{database}'")
        shim = ROOT / "tests" / "integration" / "systemctl.py"
        self.write("bin/systemctl", f'#!/bin/sh\nexec {sys.executable} {shim} {root} "$@"\n')

    def install(self, name: str, place: str) -> None:
        text = (FILES / name).read_text(encoding="utf-8").replace(AS_ITS_USER, "exec env")
        text = text.replace("exec exec", "exec").replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
        for path, folder in PLACES.items():
            text = text.replace(path, str(self.root / folder))
        self.write(place, text)

    def write(self, place: str, text: str) -> None:
        (self.root / place).write_text(text, encoding="utf-8")
        (self.root / place).chmod(0o755)

    def fill_in(self, **values: str) -> None:
        text = (self.root / "etc" / "environment").read_text(encoding="utf-8")
        for name, value in values.items():
            text, found = re.subn(f"^{name}=.*$", lambda _: f"{name}={value}", text, flags=re.M)  # noqa: B023
            assert found == 1, name
        self.write("etc/environment", text)

    def run(self, *command: str, typed: str = "", fails: bool = False) -> str:
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        path = f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"
        answer = subprocess.run(
            command, env=kept | {"PATH": path}, cwd=self.root, input=typed,
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        told = answer.stdout + answer.stderr
        assert (answer.returncode != 0) == fails, told
        return told

    def manage(self, *arguments: str, typed: str = "") -> str:
        return self.run("futuuri-manage", *arguments, typed=typed)

    def get(self, path: str) -> tuple[int, str]:
        """Return what the site answers as nginx would ask; 0 where nobody listens."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionRefusedError:
            return 0, ""
        finally:
            asked.close()

    def works(self) -> bool:
        """Whether both services say that they do."""
        status, text = self.get("/healthz")
        if status not in (200, 503):
            return False
        health = json.loads(text)
        return bool(health["database"]["ok"] and health["worker_heartbeat_age"]["ok"])


def git(*arguments: str, cwd: Path) -> str:
    name = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    return subprocess.run(
        ["git", *name, *arguments], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout.strip()


NEXT_MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("home", "{last}")]
    operations = []
"""


def publish_versions(origin: Path, *, port: int) -> None:
    """Make a repository with this code as v1, a next version, and two that fail.

    v3 can't start. v4 migrates, and has then a setting that is not safe.
    """
    origin.mkdir()
    for name in git("ls-files", cwd=ROOT).splitlines():
        if not name.startswith("tests/") and (ROOT / name).is_file():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, origin / name)
    listens = origin / "docs" / "deployment" / "gunicorn.conf.py"
    assert "127.0.0.1:8000" in listens.read_text()
    listens.write_text(listens.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{port}"))
    # The packages are those of the tests themselves, of whatever versions: none is replaced.
    (origin / "requirements.txt").write_text("# All is there.\n")
    git("init", "--quiet", cwd=origin)
    broken = 'raise RuntimeError("This version does not start.")\n'
    settings_file = "futuuri_site/settings/production.py"
    sound = (origin / settings_file).read_text()
    last = max(file.stem for file in (origin / "home" / "migrations").glob("0*.py"))
    for tag, files in {
        "v1": {"VERSION": "1"},
        "v2": {"VERSION": "2"},
        "v3": {settings_file: broken},
        "v4": {
            settings_file: f"{sound}\nSECURE_HSTS_SECONDS = 0\n",
            "home/migrations/9999_next.py": NEXT_MIGRATION.format(last=last),
        },
    }.items():
        for file, text in files.items():
            (origin / file).write_text(text)
        git("add", "--all", cwd=origin)
        git("commit", "--quiet", "-m", tag, cwd=origin)
        git("tag", tag, cwd=origin)


@pytest.fixture
def machine(tmp_path, empty_database):
    """A server with the guide's folders and a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"sqlite:///{tmp_path / 'lib' / empty_database}"
    if connection.vendor == "postgresql":
        address = f"{database_url().rpartition('/')[0]}/{empty_database}"
    made = Machine(tmp_path, port, address)
    publish_versions(tmp_path / "origin", port=port)
    git("clone", "--quiet", "--branch", "v1", str(tmp_path / "origin"), "srv/app", cwd=tmp_path)
    yield made
    made.run("systemctl", "stop", *UNITS)


def test_the_guides_way_from_the_first_start_to_an_upgrade_that_fails(machine):
    key, pair = base64.b64encode(b"f" * 32).decode(), x25519.Identity.generate()
    machine.write("key.txt", f"{pair}\n")
    machine.fill_in(REGISTER_KEYS=f"2026-11-26:{key}", BACKUP_RECIPIENT=str(pair.to_public()))
    machine.manage("migrate", "-v0")
    machine.manage("collectstatic", "--noinput", "-v0")
    machine.manage("create_site_content")
    machine.manage("sync_schedules")
    names = ("--username=paakayttaja", "--email=p@example.org", "--first-name=Paula")
    machine.manage("create_main_user", *names, "--last-name=Pää")
    machine.run("systemctl", "start", *UNITS)
    wait_for(machine.works)
    assert machine.get("/tietosuojaseloste/")[0] == 200

    assert "Nothing was changed" in machine.run("futuuri-upgrade", "v9", fails=True)
    assert machine.works()

    machine.run("futuuri-upgrade", "v2")
    wait_for(machine.works)
    assert (machine.root / "srv" / "app" / "VERSION").read_text() == "2"

    assert "Nothing was changed" in machine.run("futuuri-upgrade", fails=True)

    told = machine.run("futuuri-upgrade", "v3", fails=True)
    assert machine.get("/healthz") == (0, "")
    assert "nothing is to be restored" in told
    assert "restore" not in " ".join(go_back(machine, told))
    wait_for(machine.works)
    assert (machine.root / "srv" / "app" / "VERSION").read_text() == "2"

    told = machine.run("futuuri-upgrade", "v4", fails=True)
    assert "9999_next" in machine.manage("showmigrations", "home")
    assert "futuuri-manage after_restore" in go_back(machine, told)
    wait_for(machine.works)
    machine.manage("migrate", "--check")
    assert "9999_next" not in machine.manage("showmigrations", "home")

    assert running(machine.root)
    machine.run("systemctl", "stop", *UNITS)
    assert running(machine.root) == []


def go_back(machine: Machine, told: str) -> list[str]:
    """Run what a failed upgrade says, line by line, and return it."""
    way = told.partition("The way back")[2]
    lines = re.findall(r"^  (\S.*)$", way, flags=re.MULTILINE)
    backup = max((machine.root / "backups").iterdir())
    for line in lines:
        line = line.replace("/FILE", f"/{backup.name}").replace("KEY", f"{machine.root}/key.txt")
        machine.run(*line.split())
    return lines


def running(root: Path) -> list[str]:
    """Return the commands that run from this folder."""
    found = (command_of(process) for process in Path("/proc").iterdir() if process.name.isdigit())
    return [command for command in found if f"{root}/srv" in command]


def command_of(process: Path) -> str:
    try:
        return (process / "cmdline").read_text()
    except OSError:
        return ""


@pytest.mark.parametrize("unit", [*UNITS, "futuuri-backup"])
def test_systemd_understands_the_units(unit, tmp_path):
    """Where there is systemd: it knows every line. The programs are not there, so put others."""
    analyze = shutil.which("systemd-analyze")
    text = (FILES / f"{unit}.service").read_text()
    program = re.search(r"^ExecStart=(\S+)", text, flags=re.MULTILINE)[1]
    assert program.startswith("/srv/futuuri/venv/bin/")
    if analyze is None:
        return
    (tmp_path / f"{unit}.service").write_text(text.replace(program, "/bin/true"))
    answer = subprocess.run(
        [analyze, "verify", str(tmp_path / f"{unit}.service")], capture_output=True, text=True
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_every_setting_of_production_is_in_the_environment_file():
    """What has no default stands there, and nothing that nobody reads."""
    named = re.findall(r"^([A-Z_]+)=", (FILES / "environment").read_text(), flags=re.MULTILINE)
    source = (ROOT / "futuuri_site" / "settings" / "production.py").read_text()
    required = re.findall(r'required(?:\.keys)?\(\s*"([A-Z_]+)"', source)
    assert set(required) <= set(named)
    assert all(name in source for name in set(named) - {"DJANGO_SETTINGS_MODULE"})
