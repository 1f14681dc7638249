"""Production names what is missing, and refuses defaults and demo logins, before it serves."""

import base64
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from futuuri_site import demo
from tests.integration.processes import database_url

SETTINGS = {
    "SECRET_KEY": "x9f" * 20,
    "ALLOWED_HOSTS": "rekisteri.example.org",
    "DATABASE_URL": "postgres://register:password@127.0.0.1/register",
    "BASE_URL": "https://rekisteri.example.org",
    "REGISTER_KEYS": f"2026:{base64.b64encode(b'k' * 32).decode()}",
    "PRIVATE_DIR": "private",
}


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=kept | {"DJANGO_SETTINGS_MODULE": "futuuri_site.settings.production"} | env,
        capture_output=True,
        text=True,
    )


LOAD = "from django.conf import settings; settings.DEBUG"
SERVE = "import futuuri_site.wsgi"


def test_every_missing_setting_names_itself_and_says_what_to_put_there():
    answer = python(LOAD)
    assert answer.returncode != 0
    for name in SETTINGS:
        assert f"{name} is not set: " in answer.stderr


def test_it_loads_when_all_are_given():
    assert python(LOAD, **SETTINGS).returncode == 0


@pytest.mark.parametrize("name", SETTINGS)
def test_one_missing_setting_is_enough_to_refuse(name):
    answer = python(LOAD, **SETTINGS | {name: " "})
    assert answer.returncode != 0
    assert answer.stderr.count("is not set") == 1
    assert f"{name} is not set" in answer.stderr


@pytest.mark.parametrize(
    "secret",
    [
        "development-only-" + "0" * 40,
        "test-only-" + "1" * 40,
        "qwertyqwerty",
        "django-insecure-" + "a" * 50,
    ],
)
def test_a_default_or_short_secret_is_refused_and_never_shown(secret):
    answer = python(LOAD, **SETTINGS | {"SECRET_KEY": secret})
    assert answer.returncode != 0
    assert "SECRET_KEY is a default or too short" in answer.stderr
    assert secret not in answer.stderr


@pytest.mark.parametrize(
    "keys", ["nokey", "a:c2hvcnQ=", "dev:" + base64.b64encode(b"k" * 32).decode(), "a:***"]
)
def test_an_unfit_encryption_key_is_refused_and_never_shown(keys):
    answer = python(LOAD, **SETTINGS | {"REGISTER_KEYS": keys})
    assert answer.returncode != 0
    assert "REGISTER_KEYS" in answer.stderr
    assert keys not in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "mysql://u:hunter2@h/n"), ("BASE_URL", "http://rekisteri.example.org")],
)
def test_an_unfit_address_is_refused_and_never_shown(name, value):
    answer = python(LOAD, **SETTINGS | {name: value})
    assert answer.returncode != 0
    assert f"{name} does not fit" in answer.stderr
    assert value not in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_it_serves_without_demo_logins_and_refuses_with_one():
    env = SETTINGS | {"DATABASE_URL": database_url()}
    assert python(SERVE, **env).returncode == 0

    User.objects.create(username="anyone", email=f"anyone@{demo.EMAIL_DOMAIN}")
    answer = python(SERVE, **env)

    assert answer.returncode != 0
    assert "demo logins" in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_a_database_with_a_demo_login_fails_the_check_and_the_migration():
    env = SETTINGS | {"DATABASE_URL": database_url()}
    check = "from django.core.management import call_command as c; import django; django.setup(); "
    assert python(f"{check} c('check', databases=['default'])", **env).returncode == 0

    User.objects.create(username="demo-ohjaaja")

    for command in ("c('check', databases=['default'])", "c('migrate', skip_checks=False)"):
        answer = python(check + command, **env)
        assert answer.returncode != 0
        assert "demo logins" in answer.stderr


def test_it_is_safe_by_its_settings():
    answer = python(
        "from django.conf import settings as s; "
        "print(s.DEBUG, s.DEMO_CONTENT_ALLOWED, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)",
        **SETTINGS,
    )
    assert answer.stdout.split() == ["False", "False", "True", "True"]
