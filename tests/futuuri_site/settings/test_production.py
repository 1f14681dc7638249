"""Production names what is missing, and refuses defaults and demo logins, before it serves."""

import base64
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from futuuri_site import demo
from futuuri_site.settings.base import database
from futuuri_site.settings.required import is_database_address
from register.models import EncryptionKey
from tests.integration.processes import database_url

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
SETTINGS = {
    "SECRET_KEY": "x9f" * 20,
    "ALLOWED_HOSTS": "rekisteri.example.org",
    "DATABASE_URL": "postgres://register:password@127.0.0.1/register",
    "BASE_URL": "https://rekisteri.example.org",
    "REGISTER_KEYS": f"2026:{KEY}",
    "PRIVATE_DIR": "/srv/register/private",
    "MEDIA_ROOT": "/srv/register/media",
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


MANAGE = "import sys; from django.core.management import execute_from_command_line as run; run({})"
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
    "keys",
    [
        *("nokey", "a:c2hvcnQ=", f"dev:{KEY}", "a:***", f"2026.1:{KEY}", f"K1:{KEY}"),
        *(f"a:{KEY},b:{KEY}", f"a:{OTHER},a:{KEY}", f"k0:{KEY},ko:{OTHER}"),
    ],
)
def test_an_unfit_encryption_key_is_refused_and_never_shown(keys):
    answer = python(LOAD, **SETTINGS | {"REGISTER_KEYS": keys})
    assert answer.returncode != 0
    assert "REGISTER_KEYS" in answer.stderr
    assert keys not in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:hunter2@h/n"),
        # Passwords that are not percent-encoded: h#x, h/x, h?x, h[x, h@x, h:x, h%x.
        *(("DATABASE_URL", f"postgres://u:h{mark}x@h/n") for mark in "#/?[@:%"),
        ("DATABASE_URL", "postgres://u:hunter2@h:port/n"),
        ("DATABASE_URL", "postgres://u:hunter2@h"),
        ("BASE_URL", "http://rekisteri.example.org"),
        ("BASE_URL", "https://another.example.org"),
        ("BASE_URL", "https://rekisteri.example.org/rekisteri"),
        ("BASE_URL", "https://rekisteri.example.org:https"),
        ("PRIVATE_DIR", "beside/the/site"),
        ("PRIVATE_DIR", str(settings.BASE_DIR / "private")),
        ("MEDIA_ROOT", "beside/the/site"),
        ("MEDIA_ROOT", str(settings.BASE_DIR / "var" / "media")),
    ],
)
def test_an_unfit_address_is_refused_and_never_shown(name, value):
    answer = python(LOAD, **SETTINGS | {name: value})
    assert answer.returncode != 0
    assert f"{name} does not fit" in answer.stderr
    assert answer.stderr.count("does not fit") == 1
    assert value not in answer.stderr


@pytest.mark.parametrize("name", ["PRIVATE_DIR", "MEDIA_ROOT"])
def test_a_folder_that_holds_the_program_is_refused_too(name):
    answer = python(LOAD, **SETTINGS | {name: str(settings.BASE_DIR.parent)})
    assert f"{name} does not fit" in answer.stderr


@given(password=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_an_encoded_password_is_read_as_it_was(password):
    url = f"postgres://u:{quote(password, safe='')}@h/n"
    assert is_database_address(url)
    assert database(url)["PASSWORD"] == password


@given(password=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_a_password_that_is_taken_as_it_stands_means_itself(password):
    """Except where it reads as encoded, which nobody can tell apart."""
    url = f"postgres://u:{password}@h/n"
    if "%" not in password and is_database_address(url):
        assert database(url)["PASSWORD"] == password
        assert database(url)["HOST"] == "h"


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:p%23x@h/n",
        "postgresql://u:p@[::1]:5432/n?sslmode=require",
        "postgres://u@%2Frun%2Fpostgresql/n",
        "postgres:///n",
        "sqlite:////srv/register/register.sqlite3",
    ],
)
def test_an_address_that_names_one_database_is_taken(url):
    assert python(LOAD, **SETTINGS | {"DATABASE_URL": url}).returncode == 0


def test_forms_are_taken_from_the_sites_own_address_with_its_port():
    answer = python(
        "from django.conf import settings as s; print(s.CSRF_TRUSTED_ORIGINS)",
        **SETTINGS | {"BASE_URL": "https://rekisteri.example.org:8443/"},
    )
    assert answer.stdout.strip() == "['https://rekisteri.example.org:8443']"


@pytest.mark.parametrize("entry", ["wsgi", "asgi"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('"ACCOUNTING_PERIOD_END": (13, 1)', 'REGISTER["ACCOUNTING_PERIOD_END"] does not fit'),
        ('"VOUCHER_YERS": 10', 'REGISTER["VOUCHER_YERS"] is no setting'),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_before_anything_is_served(
    tmp_path, entry, change, told
):
    own = "from futuuri_site.settings.production import *\nREGISTER |= {" + change + "}\n"
    (tmp_path / "own_settings.py").write_text(own)
    answer = python(
        f"import sys; sys.path.append({str(tmp_path)!r}); import futuuri_site.{entry}",
        **SETTINGS | {"DJANGO_SETTINGS_MODULE": "own_settings"},
    )
    assert answer.returncode != 0
    assert told in answer.stderr


def enroll(env):
    """Make production's keys known to the tests' database, which was migrated under others."""
    EncryptionKey.objects.all().delete()
    done = python(MANAGE.format(["manage.py", "enroll_encryption_keys"]), **env)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", [SERVE, MANAGE.format(["manage.py", "supervise_worker"])])
def test_it_starts_with_no_key_that_the_database_does_not_know(code):
    """C18: what it encrypted might never open again."""
    env = SETTINGS | {"DATABASE_URL": database_url()}
    enroll(env)

    answer = python(code, **env | {"REGISTER_KEYS": f"2026:{OTHER}"})

    assert answer.returncode != 0
    assert "Avain 2026 on eri avain" in answer.stderr
    assert OTHER not in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_it_serves_without_demo_logins_and_refuses_with_one():
    env = SETTINGS | {"DATABASE_URL": database_url()}
    enroll(env)
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


def test_hosts_may_be_written_with_blanks():
    hosts = SETTINGS | {"ALLOWED_HOSTS": "rekisteri.example.org, www.example.org"}
    answer = python("from django.conf import settings as s; print(s.ALLOWED_HOSTS)", **hosts)
    assert answer.stdout.strip() == "['rekisteri.example.org', 'www.example.org']"


@pytest.mark.parametrize(
    ("asked", "told"),
    [({}, "False False"), ({"HSTS_PRELOAD": "1", "HSTS_SUBDOMAINS": "1"}, "True True")],
)
def test_the_whole_domain_is_the_owner_s_choice(asked, told):
    code = (
        "from django.conf import settings as s; "
        "print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    )
    assert python(code, **SETTINGS | asked).stdout.strip() == told
