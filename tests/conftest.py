"""What every test may rely on."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is slow, which is no failure: tests assert no times.
hypothesis_settings.register_profile(
    "futuuri", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("futuuri")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_modify_db_settings, django_db_createdb
):
    """The test database: a copy of a kept template, which goes with the run."""
    from tests import databases

    with django_db_blocker.unblock():
        databases.connect_to_copy(databases.own_name(), anew=django_db_createdb)
        _open_all_purposes()
        _let_tests_empty_the_log()
    yield
    with django_db_blocker.unblock():
        databases.drop_copy(back_to=databases.ORIGINAL)


def _let_tests_empty_the_log():
    """Emptying all tables after a test, Django deletes row by row on SQLite: triggers refuse it."""
    from django.db import connection
    from django.test import TransactionTestCase

    from register.domain.access_log import protection

    empty = TransactionTestCase._fixture_teardown

    def lifted(case):
        protection.take_down(connection)
        try:
            empty(case)
        finally:
            protection.put_up(connection)

    if connection.vendor == "sqlite":
        TransactionTestCase._fixture_teardown = lifted


def _open_all_purposes():
    """Let this process know all purposes as open, so that no test pays for who comes first.

    The template may be older than the code's purposes.
    """
    from register.domain.access_log import open_purposes
    from register.models import PublishedPurpose

    PublishedPurpose.objects.all().delete()
    open_purposes.begin()
    open_purposes.remember()


@pytest.fixture
def shut_purposes(monkeypatch):
    """What this process knows of open purposes, forgotten for a test that shuts one."""
    from register.domain.access_log import open_purposes

    monkeypatch.setattr(open_purposes, "_known", set())


@pytest.fixture(autouse=True)
def finnish():
    """Screens and messages are Finnish unless a test says otherwise."""
    from django.utils import translation

    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def site_content(db):
    """The public pages as `create_site_content` makes them, in Finnish alone."""
    from futuuri_site.content import pages

    pages.create(languages=[django_settings.LANGUAGE_CODE])


@pytest.fixture
def every_language(db):
    """The public pages as `create_site_content` makes them, in three languages."""
    from futuuri_site.content import pages

    pages.create()


@pytest.fixture(autouse=True)
def private_dir(settings, tmp_path):
    """A private folder of the test's own, and one for backups beside it."""
    folder = tmp_path / "private"
    settings.REGISTER = {
        **settings.REGISTER,
        "PRIVATE_DIR": folder,
        "BACKUP_DIR": tmp_path / "backups",
    }
    return folder


@pytest.fixture(scope="session")
def open_folder():
    """Return a function that makes a folder which other users of the machine can enter.

    pytest's own are closed to them.
    """
    with tempfile.TemporaryDirectory(prefix="futuuri-open-") as folder:
        Path(folder).chmod(0o755)

        def make() -> Path:
            made = Path(tempfile.mkdtemp(dir=folder))
            made.chmod(0o755)
            return made

        yield make


@pytest.fixture
def mails(settings):
    """What a real mail server on loopback gets from here on."""
    from tests.smtp import mail_server

    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server.mails


@pytest.fixture
def set_clock(monkeypatch):
    """A function that sets the clock of this process."""

    def set_to(now):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return set_to
