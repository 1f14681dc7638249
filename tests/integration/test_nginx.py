"""The web server's example configuration, as nginx runs it: errors in Finnish, logs of nobody."""

import http.server
import os
import re
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from tests.integration.postgresql_server import free_port
from tests.integration.processes import wait_for
from tests.integration.test_production_start import answers

DEPLOYMENT = settings.BASE_DIR / "docs" / "deployment"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
HOST = "rekisteri.example.org"
MARKER = "Salainen"
NOT_THERE = "Tests of nginx were skipped: it is not installed."
LARGEST = 10 * 1024 * 1024  # bytes


def certificate(folder: Path) -> None:
    """Write a certificate for the host, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


class Register(http.server.BaseHTTPRequestHandler):
    """Stands for the register: answers with what it was told."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_GET(self) -> None:
        names = ("Host", "X-Forwarded-Proto", "X-Forwarded-For")
        told = "\n".join(str(self.headers[name]) for name in names)
        self.send_response(503 if self.path == "/healthz" else 200)
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *args: object) -> None:
        pass


class Site:
    """A running nginx: what it answers, and what it has written."""

    def __init__(self, folder: Path, port: int, behind: int) -> None:
        self.folder, self.port, self.behind = folder, port, behind

    def __call__(self, path: str, data: bytes | None = None, **headers: str):
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        sent = {"Host": f"{HOST}:8443", **headers}
        asked = urllib.request.Request(f"https://127.0.0.1:{self.port}{path}", data, sent)
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting))
        try:
            with opener.open(asked) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def logs(self) -> str:
        return "".join(file.read_text() for file in self.folder.glob("*.log"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The example, on ports and with a certificate of the test's own."""
    if NGINX is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(NOT_THERE)
    folder = tmp_path_factory.mktemp("nginx")
    certificate(folder)
    (folder / "media" / "documents").mkdir(parents=True)
    (folder / "media" / "picture.svg").write_text("<svg/>")
    (folder / "media" / "documents" / "paper.pdf").write_text("paper")
    encrypted, plain, behind = free_port(), free_port(), free_port()
    example = (DEPLOYMENT / "nginx.conf").read_text()
    for here, own in {
        "listen 443 ssl": f"listen 127.0.0.1:{encrypted} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen [::]:443 ssl;": "",
        "listen [::]:80;": "",
        f"/etc/letsencrypt/live/{HOST}": str(folder),
        "/var/log/nginx": str(folder),
        "/srv/futuuri/app/docs/deployment": str(DEPLOYMENT),
        "/var/lib/futuuri/media": str(folder / "media"),
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }.items():
        assert here in example
        example = example.replace(here, own)
    # As an administrator does who closes the staff's side.
    example, opened = re.subn(
        r"^    # (?=(location \^~ /admin/|    |\}))", "    ", example, flags=re.M
    )
    assert opened == 5
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/main.log;\n"
        f"events {{}}\nhttp {{\n{temporary}types {{ text/html html; }}\n{example}\n}}\n"
    )
    process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        wait_for(lambda: answers(encrypted))
        yield Site(folder, encrypted, behind)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def register(site):
    with http.server.ThreadingHTTPServer(("127.0.0.1", site.behind), Register) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def page(body: str) -> BeautifulSoup:
    """Return an error page; it is whole in itself, and read by a screen reader in Finnish."""
    found = BeautifulSoup(body, "html.parser")
    assert found.html["lang"] == "fi"
    assert found.title.text
    assert len(found.select("main h1")) == 1
    assert found.find("meta", {"name": "viewport"})
    assert not found.select("link, script, img, iframe, [style]")
    assert "url(" not in body
    return found


def test_a_register_that_is_down_is_told_in_finnish(site):
    status, headers, body = site("/")
    assert status == 502
    assert "hetken poissa käytöstä" in page(body).h1.text
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_what_is_too_large_is_told_in_finnish(site, register):
    status, _headers, body = site("/palaute/", b"x" * (LARGEST + 1))
    assert status == 413
    assert "liian suuri" in page(body).h1.text


def test_what_nginx_refuses_by_itself_is_told_in_finnish(site, register):
    status, _headers, body = site("/media/missing.jpg")
    assert (status, page(body).h1.text) == (404, "Sivua ei löydy")
    status, _headers, body = site("/media/")
    assert (status, page(body).h1.text) == (404, "Sivua ei löydy")
    status, _headers, body = site("/", Cookie="x" * 40_000)
    assert (status, page(body).h1.text) == (400, "Pyyntöä ei ymmärretty")


def test_the_staffs_side_is_closed_to_other_networks_when_so_set(site, register):
    status, _headers, body = site("/admin/")
    assert (status, page(body).h1.text) == (404, "Sivua ei löydy")
    assert site("/tietosuojaseloste/")[0] == 200


def test_every_error_page_is_one_that_is_used():
    pages = {file.name for file in (DEPLOYMENT / "errors").iterdir()}
    example = (DEPLOYMENT / "nginx.conf").read_text()
    assert pages == set(re.findall(r"/virheet/(\w+\.html);", example))


def test_the_error_pages_are_no_addresses_of_their_own(site, register):
    assert site("/virheet/413.html")[0] == 404


def test_what_the_register_answers_is_left_alone(site, register):
    """A monitor reads its 503."""
    status, _headers, body = site("/healthz")
    assert (status, HOST in body) == (503, True)


def test_the_register_is_told_the_address_in_the_browser_and_who_really_asks(site, register):
    _status, _headers, body = site("/", **{"X-Forwarded-For": "127.0.0.1, 192.0.2.1"})
    assert body.splitlines() == [f"{HOST}:8443", "https", "127.0.0.1"]


def test_pictures_are_served_and_documents_are_not(site, register):
    status, headers, _body = site("/media/picture.svg")
    assert (status, headers["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == settings.PERMISSIONS_POLICY
    assert site("/media/documents/paper.pdf")[0] == 404


def test_its_logs_name_nobody(site):
    """Where the register is down, where something is missing, and where all is well."""
    told = {"Referer": f"https://x/{MARKER}", "User-Agent": MARKER, "Cookie": f"a={MARKER}"}
    for path in (f"/?q={MARKER}", f"/media/{MARKER}.jpg", f"/media/documents/{MARKER}"):
        assert site(path, **told)[0] in (404, 502)
    assert site(f"/?{MARKER}", MARKER.encode() * LARGEST)[0] == 413
    logs = site.logs()
    assert all(f" {status} " in logs for status in (404, 413, 502)), logs
    assert MARKER not in logs
    assert "127.0.0.1" not in logs
