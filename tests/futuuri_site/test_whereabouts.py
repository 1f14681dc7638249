"""A command says where it works, and development never works on the database of production."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from futuuri_site import whereabouts


def manage(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("D")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | env,
        capture_output=True,
        text=True,
    )


def test_development_ignores_the_database_of_production(tmp_path):
    """With it, `make run` made seven log-ins with a public password in a real register."""
    real = tmp_path / "real.sqlite3"
    done = manage("migrate", DATABASE_URL=f"sqlite:///{real}", VAR_DIR=str(tmp_path / "var"))
    assert done.returncode == 0, done.stderr
    assert not real.exists()
    assert f"[futuuri_site.settings.dev: {tmp_path}/var/futuuri.sqlite3]" in done.stderr


def test_development_asks_for_a_database_by_a_name_of_its_own(tmp_path):
    url = f"sqlite:///{tmp_path}/other.sqlite3"
    code = "from django.conf import settings as s; print(s.DATABASES['default']['NAME'])"
    done = manage("shell", "-v0", "-c", code, DEVELOPMENT_DATABASE_URL=url, VAR_DIR=str(tmp_path))
    assert done.stdout.strip() == f"{tmp_path}/other.sqlite3"


def test_the_place_of_a_database_holds_no_password():
    told = whereabouts.place(
        {"HOST": "db.example.org", "PORT": "", "NAME": "register", "PASSWORD": "s3cret"}
    )
    assert told == "db.example.org:5432/register"


@pytest.mark.parametrize("arguments", [["manage.py"], ["manage.py", "help"]])
def test_what_touches_no_database_says_nothing(arguments, capsys):
    whereabouts.tell(arguments)
    assert capsys.readouterr().err == ""
