"""Production as it is started: collected static files, gunicorn, encrypted connections only."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from register.models import EncryptionKey
from tests.futuuri_site.settings.test_production import SETTINGS
from tests.integration.processes import database_url, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
CONFIGURATION = settings.BASE_DIR / "docs" / "deployment" / "gunicorn.conf.py"
FORM = "application/x-www-form-urlencoded"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


DontFollow = urllib.request.build_opener(NoRedirect)


@dataclass
class Server:
    """A running gunicorn: what it answers, and what it has written since it was last asked."""

    port: int
    written: Path
    read: int = 0

    def __call__(self, path: str, data: bytes | None = None, **headers: str):
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, data, headers)
        request.add_header("Host", SETTINGS["ALLOWED_HOSTS"])
        try:
            with DontFollow.open(request) as answer:
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode(errors="replace")

    def log(self) -> str:
        """Return the new lines, once there are some."""
        wait_for(lambda: self.written.stat().st_size > self.read)
        start, self.read = self.read, self.written.stat().st_size
        return self.written.read_bytes()[start : self.read].decode()


@pytest.fixture
def home(open_folder):
    """A home folder, whose name is short enough for a socket in it."""
    return open_folder()


@pytest.fixture
def start(tmp_path, home):
    """Collect the static files; return a function that starts gunicorn on an application."""
    env = os.environ | SETTINGS
    env |= {
        "DJANGO_SETTINGS_MODULE": "futuuri_site.settings.production",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
        "PRIVATE_DIR": str(tmp_path / "private"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": "",
    }
    # This database was migrated under the keys of the tests.
    EncryptionKey.objects.all().delete()
    for command in (["enroll_encryption_keys"], ["collectstatic", "--noinput", "-v0"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=settings.BASE_DIR, env=env, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = []

    def run(application: str) -> Server:
        written = tmp_path / "log"
        gunicorn = Path(sys.executable).with_name("gunicorn")
        with written.open("wb") as log:
            started.append(
                subprocess.Popen(
                    [gunicorn, application, "-c", CONFIGURATION, "-b", f"127.0.0.1:{port}"],
                    cwd=settings.BASE_DIR,
                    env=env,
                    stderr=log,
                )
            )
        server = Server(port, written)
        wait_for(lambda: answers(port))
        server("/healthz")  # so that the worker has loaded the application
        server.read = written.stat().st_size
        return server

    yield run
    for process in started:
        process.terminate()
        process.wait(timeout=60)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def production(start):
    return start("futuuri_site.wsgi")


def encrypted(**headers: str) -> dict[str, str]:
    return {"X-Forwarded-Proto": "https", **headers}


def test_it_serves_over_encrypted_connections_only(production):
    status, headers, _ = production("/admin/login/")
    assert (status, headers["Location"][:8]) == (301, "https://")

    status, headers, body = production("/admin/login/", **encrypted())
    assert status == 200
    assert int(re.search(r"max-age=(\d+)", headers["Strict-Transport-Security"])[1]) >= 31_536_000
    cookies = headers.get_all("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie

    sheet = re.search(r'href="(/static/[^"]+\.css)"', body)[1]
    assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
    status, headers, _ = production(sheet, **encrypted())
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


def test_it_opens_no_socket_by_which_to_control_it(production, home):
    """The newest gunicorns make one in the home folder."""
    assert production("/healthz")[0] in (200, 503)
    assert list(home.rglob("*")) == []


def test_an_unknown_host_is_refused_and_an_error_tells_nothing(production):
    status, _, body = production("/no-such-page/", **encrypted())
    assert status == 404
    assert "Traceback" not in body
    assert "urlpatterns" not in body


def test_another_charset_is_answered_in_finnish_with_one_line_of_log(production):
    """It was an error of the server with 56,000 bytes of log for a request of 150."""
    browser = {"Cookie": f"__Host-csrf={'a' * 32}", "Referer": SETTINGS["BASE_URL"]}
    for kind in (
        f"{FORM}; charset=utf-16",
        f'{FORM}; charset="utf-7"',
        "multipart/form-data; boundary=x; charset=undefined",
        "text/plain; x*=nonsense''salainen",
    ):
        headers = encrypted(**browser, **{"Content-Type": kind})
        status, _, body = production("/palaute/?q=salainen", b"nimi=salainen", **headers)
        log = production.log()
        assert (status, log.count("\n")) == (400, 1), log
        assert "Pyyntöä ei ymmärretty" in body
        assert "salainen" not in log


def test_the_servers_own_log_names_neither_who_asked_nor_what(production):
    status, _, _ = production("/", **encrypted(**{"Salainen Nimi": "x"}))
    log = production.log()
    assert (status, log.count("\n")) == (400, 1), log
    assert "Salainen" not in log
    assert "127.0.0.1" not in log


def test_an_error_that_reaches_the_server_is_told_by_kind_and_place(start):
    server = start("tests.integration.failing_wsgi")
    assert server("/?q=salainen", **encrypted())[0] == 500
    log = server.log()
    assert "ERROR gunicorn.error Error handling request GET /\n" in log
    assert "failing_wsgi.py" in log
    assert "builtins.ValueError" in log
    assert "salainen" not in log
