"""`manage.py doctor`: whatever is not right on the server makes its line red, and is mended."""

import contextlib
import os
import shutil
import socket
import threading
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_q.models import Schedule

from futuuri_site import demo
from register.domain.operations.conditions import CONDITIONS, findings
from register.domain.operations.finding import Audience, Level
from register.models import EncryptionKey, StaffMember
from register.models.staff import Role
from register.tasks import schedules
from tests.factories import staff
from tests.register.domain.operations.conditions import all_well

pytestmark = pytest.mark.django_db
SAFE = {
    "ALLOWED_HOSTS": ["rekisteri.example.org"],
    "WAGTAILADMIN_BASE_URL": "https://rekisteri.example.org",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECRET_KEY": "x9fäk" * 20,
    "DEFAULT_FROM_EMAIL": "rekisteri@example.org",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


@pytest.fixture
def mail_server():
    """Something that greets as a mail server does; returns its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            while True:
                try:
                    caller, _address = server.accept()
                except OSError:
                    return
                with caller:
                    caller.sendall(b"220 mail\r\n")
                    while line := caller.recv(1000):
                        caller.sendall(
                            b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n"
                        )

        threading.Thread(target=greet, daemon=True).start()
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def well(settings, monkeypatch, private_dir, open_folder, mail_server):
    """A server on which all is well."""
    # DJANGO_ALLOW_ASYNC_UNSAFE is set for the tests with a browser, and one may be open: only the
    # check doesn't see it.
    monkeypatch.setattr("django.core.checks.async_checks.os", SimpleNamespace(environ={}))
    for name, value in SAFE.items():
        setattr(settings, name, value)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}
    private_dir.mkdir(mode=0o700)
    settings.MEDIA_ROOT, settings.STATIC_ROOT = open_folder(), open_folder()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    staff(Role.MAIN_USER)
    schedules.sync(now=timezone.now())
    all_well(now=timezone.now())


def not_well() -> dict[str, Level]:
    found = findings(now=timezone.now(), to=Audience.ADMINISTRATOR)
    return {name: each.level for name, each in found.items() if each.level is not Level.WELL}


def test_all_is_well(capsys):
    assert find("checks").details == ()
    assert not_well() == {}
    call_command("doctor")
    assert "Mikään ei ole väärin" in capsys.readouterr().out


def test_a_password_alone_is_told_of(settings, capsys):
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": False}
    assert not_well() == {"second_factor": Level.WARNING, "checks": Level.WRONG}
    with contextlib.suppress(CommandError, SystemExit):
        call_command("doctor")
    assert "Lisävahvistus: Sitä ei vaadita" in capsys.readouterr().out


def a_private_file_of_all(private_dir):
    (private_dir / "ledger.jsonl").touch(mode=0o644)


def a_private_folder_of_all(private_dir):
    private_dir.chmod(0o750)


def no_private_folder(private_dir):
    shutil.rmtree(private_dir)


def a_private_file_of_another(private_dir):
    file = private_dir / "supervisor.lock"
    file.touch(mode=0o600)
    os.chown(file, 12345, -1)


as_root = pytest.mark.skipif("os.geteuid() != 0", reason="only root gives files away")


@pytest.mark.parametrize(
    "change",
    [
        a_private_file_of_all,
        a_private_folder_of_all,
        no_private_folder,
        pytest.param(a_private_file_of_another, marks=as_root),
    ],
)
def test_private_files_are_one_users_own(private_dir, change):
    change(private_dir)
    assert not_well().get("private_rights") is Level.WRONG


@as_root
def test_files_that_root_collected_for_nobody_else(settings, private_dir):
    """Root looks for whoever owns the private folder."""
    for path in (private_dir, *private_dir.rglob("*")):
        os.chown(path, 12345, -1)
    assert not_well() == {"media_files": Level.WRONG}
    os.chown(settings.MEDIA_ROOT, 12345, -1)
    (settings.STATIC_ROOT / "staticfiles.json").chmod(0o640)
    assert not_well() == {"static_files": Level.WRONG}


def test_static_files_that_are_missing(settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert not_well()["static_files"] is Level.WRONG
    settings.STATIC_ROOT.rmdir()
    assert not_well()["static_files"] is Level.WRONG


@pytest.mark.parametrize(
    ("name", "line"), [("STATIC_ROOT", "static_files"), ("MEDIA_ROOT", "media_files")]
)
@pytest.mark.parametrize("value", [None, ""])
def test_a_host_that_names_no_folder(settings, name, value, line):
    setattr(settings, name, value)
    assert find(line).details == (name,)


def test_a_host_that_names_no_address(settings):
    del settings.WAGTAILADMIN_BASE_URL
    assert find("address").details == ("BASE_URL", "ALLOWED_HOSTS")


def test_a_folder_for_pictures_that_is_missing(settings):
    settings.MEDIA_ROOT.rmdir()
    assert not_well()["media_files"] is Level.WRONG


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_PORT", 1),
        ("DEFAULT_FROM_EMAIL", "webmaster@localhost"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
    ],
)
def test_mail_that_does_not_leave(settings, name, value):
    setattr(settings, name, value)
    assert not_well()["mail"] is Level.WRONG


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("TIME_ZONE", "UTC", "assumed_settings"),
        ("DEMO_CONTENT_ALLOWED", True, "settings"),
        *(
            (name, value, "address")
            for name, value in (
                ("DEBUG", True),
                ("ALLOWED_HOSTS", ["*"]),
                ("ALLOWED_HOSTS", ["another.example.org"]),
                ("WAGTAILADMIN_BASE_URL", "http://rekisteri.example.org"),
                ("SECURE_SSL_REDIRECT", False),
                ("SECURE_HSTS_SECONDS", 0),
                ("SESSION_COOKIE_SECURE", False),
                ("CSRF_COOKIE_SECURE", False),
            )
        ),
        ("SECRET_KEY", "short", "checks"),
        ("X_FRAME_OPTIONS", "ALLOW", "checks"),
    ],
)
def test_one_setting_is_enough(settings, name, value, line):
    setattr(settings, name, value)
    assert not_well()[line] is Level.WRONG


def test_schedules_of_another_version():
    Schedule.objects.filter(name="retention").update(func="register.tasks.entry.retire")
    assert not_well()["schedules"] is Level.WRONG


def test_a_superuser():
    user = get_user_model().objects.create(username="juuri", is_superuser=True)
    assert not_well()["superusers"] is Level.WRONG
    user.is_active = False
    user.save()
    assert "superusers" not in not_well()


def test_no_main_user():
    for member in StaffMember.objects.all():
        member.user.groups.clear()
    assert not_well()["main_users"] is Level.WRONG


def test_a_main_user_who_cannot_log_in():
    get_user_model().objects.update(is_active=False)
    assert not_well()["main_users"] is Level.WRONG


def test_main_users_who_are_all_away():
    StaffMember.objects.update(suspended_from=timezone.localdate())
    assert not_well()["main_users"] is Level.WRONG


def test_a_demo_login():
    get_user_model().objects.create(username="x", email=f"x@{demo.EMAIL_DOMAIN}")
    assert {"demo_logins", "checks"} <= not_well().keys()


def test_a_key_that_is_missing():
    EncryptionKey.objects.create(key_id="old", fingerprint="0" * 64, enrolled_on="2026-01-01")
    assert {"unknown_keys", "stored_keys"} <= not_well().keys()
    assert "old" in find("stored_keys").details[0]


def test_a_migration_that_is_missing():
    """By far the oldest: all that came later is looked at on this version's tables."""
    MigrationRecorder.Migration.objects.filter(app="home").delete()
    assert not_well()["migrations"] is Level.WRONG
    assert find("migrations").details[0].startswith("home.")


@pytest.fixture
def another_version():
    """A database of which a table has another name, and an old migration is missing."""
    kept = list(MigrationRecorder.Migration.objects.filter(app="home"))
    MigrationRecorder.Migration.objects.filter(app="home").delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE register_heartbeat RENAME TO elsewhere")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO register_heartbeat")
    for each in kept:
        each.save()


@pytest.mark.django_db(transaction=True)
def test_a_database_of_another_version_is_told_once_for_all_that_needs_it(another_version):
    found = findings(now=timezone.now())
    assert found["migrations"].level is Level.WRONG
    assert "worker_heartbeat_age" not in found
    assert "retention_age" in found


def find(name: str):
    return findings(now=timezone.now(), to=Audience.ADMINISTRATOR)[name]


def test_what_is_wrong_is_told_with_how_to_mend_it_and_fails(settings, capsys):
    settings.EMAIL_PORT = 1
    with pytest.raises(CommandError, match="1 asia on vielä korjattava"):
        call_command("doctor")
    written = capsys.readouterr().out
    assert "VÄÄRIN   Sähköposti: Sähköpostipalvelin ei vastaa" in written
    assert "- ConnectionRefusedError: ECONNREFUSED" in written
    assert "Korjaus: Aseta EMAIL_URL" in written


def test_every_line_says_how_to_mend_it():
    told = {name for name, each in CONDITIONS.items() if each.audience & Audience.ADMINISTRATOR}
    assert {name for name in told if not CONDITIONS[name].mend} == set()
    assert len({str(CONDITIONS[name].title) for name in told}) == len(told)


def test_it_makes_nothing(private_dir):
    shutil.rmtree(private_dir)
    with pytest.raises(CommandError):
        call_command("doctor")
    assert not private_dir.exists()
