"""Production as it is started: collected static files, gunicorn, encrypted connections only."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.futuuri_site.settings.test_production import SETTINGS

from .processes import database_url, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def production(tmp_path):
    """Collect the static files, start gunicorn, and return a function that asks it."""
    env = os.environ | SETTINGS
    env |= {
        "DJANGO_SETTINGS_MODULE": "futuuri_site.settings.production",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
        "PRIVATE_DIR": str(tmp_path / "private"),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=env, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            Path(sys.executable).with_name("gunicorn"),
            "futuuri_site.wsgi",
            "-b",
            f"127.0.0.1:{port}",
        ],
        cwd=settings.BASE_DIR,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )

    def get(path: str, **headers: str):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        request.add_header("Host", SETTINGS["ALLOWED_HOSTS"])
        try:
            with DontFollow.open(request) as answer:
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode(errors="replace")

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_for(answers)
    yield get
    server.terminate()
    server.wait(timeout=60)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


DontFollow = urllib.request.build_opener(NoRedirect)


def test_it_serves_over_encrypted_connections_only(production):
    status, headers, _ = production("/admin/login/")
    assert (status, headers["Location"][:8]) == (301, "https://")

    status, headers, body = production("/admin/login/", **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert int(re.search(r"max-age=(\d+)", headers["Strict-Transport-Security"])[1]) >= 31_536_000
    cookies = headers.get_all("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie

    sheet = re.search(r'href="(/static/[^"]+\.css)"', body)[1]
    assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
    status, headers, _ = production(sheet, **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


def test_an_unknown_host_is_refused_and_an_error_tells_nothing(production):
    status, _, body = production("/no-such-page/", **{"X-Forwarded-Proto": "https"})
    assert status == 404
    assert "Traceback" not in body
    assert "urlpatterns" not in body
