"""The register as a package in somebody else's project, by the words of docs/plugin.md."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.integration.processes import wait_for

ROOT = Path(settings.BASE_DIR)
HERE = Path(__file__).parent
DOC = (ROOT / "docs" / "plugin.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """Return a block of code of the page."""
    [found] = re.findall(rf"^```\w+ {name}\n(.*?)^```$", DOC, flags=re.MULTILINE | re.DOTALL)
    return found


def run(*command: str, cwd: Path, env: dict[str, str] | None = None, typed: str = "") -> str:
    answer = subprocess.run(
        command, cwd=cwd, env=env, input=typed, capture_output=True, text=True, timeout=300
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


def build_wheel(source: Path) -> Path:
    """The package, built of a copy: building leaves files behind."""
    source.mkdir()
    shutil.copy(ROOT / "pyproject.toml", source)
    for package in ("register", "privacy_notice"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, source / package, ignore=ignored)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    run(*pip, "wheel", ".", "--no-deps", "--no-build-isolation", "-w", "dist", cwd=source)
    [built] = (source / "dist").glob("*.whl")
    return built


class Project:
    """A project as `wagtail start` makes it, with the package installed beside it."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder = folder / "mysite"
        self.folder.mkdir()
        run(str(Path(sys.executable).with_name("wagtail")), "start", "mysite", ".", cwd=self.folder)
        packages = folder / "packages"
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
        run(*pip, "install", "--no-deps", "--target", str(packages), str(wheel), cwd=folder)
        kept = {"PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START"}
        self.env = {name: value for name, value in os.environ.items() if name in kept}
        self.env["PYTHONPATH"] = str(packages)

    def write(self, file: str, addition: str, *, before: str = "") -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        place = text.index(before) if before else len(text)
        path.write_text(text[:place] + addition + text[place:], encoding="utf-8")

    def manage(self, *arguments: str, typed: str = "") -> str:
        return run(
            sys.executable, "manage.py", *arguments, cwd=self.folder, env=self.env, typed=typed
        )


def test_it_installs_into_a_project_that_wagtail_has_just_started(tmp_path, empty_database):
    """One way from the package to a client and a published notice; each step needs the last."""
    project = Project(tmp_path, build_wheel(tmp_path / "source"))
    nothing_is_missing_in(Path(project.env["PYTHONPATH"]))
    project.write("mysite/settings/base.py", block("settings") + of_database(empty_database))
    admin = '    path("admin/", include(wagtailadmin_urls))'
    project.write("mysite/urls.py", block("urls"), before=admin)
    every_command_runs(project)
    page = visit(project)
    assert "<h1>Tietosuojaseloste</h1>" in page
    assert "syntymävuosi" in page.lower()
    its_own_server_serves(project)
    its_own_models_are_asked_about(project)


def of_database(name: str) -> str:
    """Return the settings of the host's database: its own file, or one on the tests' server."""
    if connection.vendor == "sqlite":
        return block("sqlite")
    wanted = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT")
    server = {key: connection.settings_dict[key] for key in wanted} | {"NAME": name}
    return f"DATABASES = {{'default': {server!r}}}\n" + block("postgresql")


def nothing_is_missing_in(installed: Path) -> None:
    """Templates, static files, catalogues and data come with the code; the site does not."""
    command = ("git", "ls-files", "register", "privacy_notice")
    assert [
        name for name in run(*command, cwd=ROOT).split() if not (installed / name).exists()
    ] == []
    assert not (installed / "home").exists()


def every_command_runs(project: Project) -> None:
    named = [line.split()[2] for line in block("start").splitlines() if "manage.py" in line]
    assert named == ["new_encryption_key", "check", "migrate", "create_main_user", "sync_schedules"]
    project.env["REGISTER_KEYS"] = project.manage("new_encryption_key").splitlines()[-1].strip()
    assert project.manage("check").strip() == "System check identified no issues (1 silenced)."
    project.manage("migrate", "-v0")
    project.manage("makemigrations", "--check", "--dry-run", "register", "privacy_notice")
    names = ("--username=paakayttaja", "--email=p@example.org", "--first-name=Paula")
    project.manage("create_main_user", *names, "--last-name=Pää")
    project.manage("sync_schedules")
    project.manage("check", "--database", "default")


def visit(project: Project) -> str:
    """Let staff and a visitor use it, and return the notice as it is served."""
    shutil.copy(HERE.parent / "forms.py", project.folder)
    script = (HERE / "plugin_visit.py").read_text(encoding="utf-8")
    return project.manage("shell", "-v0", "-c", script)


def its_own_server_serves(project: Project) -> None:
    port = free_port()
    command = (sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}")
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        command, cwd=project.folder, env=project.env, stdout=quiet, stderr=quiet
    )
    try:
        wait_for(lambda: fetched(port, "/tietosuojaseloste/"))
        assert "Mitä tietoja käsittelemme" in fetched(port, "/tietosuojaseloste/")
        assert json.loads(fetched(port, "/healthz"))["database"]
    finally:
        server.terminate()
        server.wait(30)


def its_own_models_are_asked_about(project: Project) -> None:
    unsaid = project.folder / "mysite" / "settings" / "unsaid.py"
    unsaid.write_text('from .dev import *\nREGISTER = {**REGISTER, "OTHER_MODELS": {}}\n')
    told = project.manage("check", "--settings", "mysite.settings.unsaid")
    assert "(register.W001) Nobody has said whose data home.HomePage holds." in told


def fetched(port: int, path: str) -> str:
    """Return what is answered; nothing where nobody listens yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except ConnectionRefusedError:
        return ""
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
