"""What was collected by one user is read by another: neither web nor worker would start."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from futuuri_site.static_files import StaticFiles
from tests.futuuri_site.settings.test_production import SETTINGS

COLLECT = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]


@pytest.fixture(scope="module", params=["022", "077"])
def collected(request, tmp_path_factory):
    """Static files, as collected under an umask."""
    folder = tmp_path_factory.mktemp("var") / "static"
    env = os.environ | SETTINGS | {"STATIC_ROOT": str(folder)}
    env["DJANGO_SETTINGS_MODULE"] = "futuuri_site.settings.production"
    shell = f'umask {request.param}; exec "$0" "$@"'
    subprocess.run(["sh", "-c", shell, *COLLECT], cwd=settings.BASE_DIR, env=env, check=True)
    return folder


def test_every_user_may_read_what_was_collected(collected):
    kinds = {path.suffix for path in collected.rglob("*")}
    assert {".gz", ".json", ".css"} <= kinds
    for path in (collected, *collected.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644), path


def test_what_cannot_be_read_says_so_in_one_line(collected, monkeypatch):
    def refused(*args):
        raise PermissionError(13, "Permission denied")

    storage = StaticFiles(location=collected, base_url="/static/")
    monkeypatch.setattr(storage.manifest_storage, "open", refused)
    with pytest.raises(ImproperlyConfigured, match="collectstatic"):
        storage.read_manifest()
