"""The project's own rules about its files, which no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .files import ROOT, tracked

PACKAGES = ("register", "privacy_notice", "home", "futuuri_site")
BANNED_NAMES = {"utils.py", "helpers.py", "common.py", "services.py", "constants.py", "misc.py"}
LONGEST_MODULE = 400
# A path of somebody's machine. Only tests and tools may make up temporary ones at run time.
MACHINE_PATH = re.compile(r"(?<![\w.:/<])/(?:home|root|Users|work|mnt|tmp)/[\w.-]")


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def test_no_module_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in modules()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_modules_are_named_for_their_concept():
    """`services` is a sub-domain of this register, and no other name for a pile of functions."""
    found = {path.relative_to(ROOT).as_posix() for path in modules() if path.name in BANNED_NAMES}
    assert {name for name in found if not name.endswith("/services.py")} == set()
    assert all(name.startswith(("register/", "tests/register/")) for name in found)


def test_no_file_names_a_path_of_a_machine():
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if MACHINE_PATH.search(text):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def test_tests_mirror_the_packages():
    """A folder of tests about a package stands where the package has a folder."""
    for package in PACKAGES:
        base = ROOT / "tests" / package
        for folder in (path for path in base.rglob("*") if path.is_dir()):
            if any(folder.glob("test_*.py")):
                assert (ROOT / package / folder.relative_to(base)).is_dir(), folder


@pytest.mark.parametrize("name", ["base", "dev", "production", "test"])
def test_the_settings_are_where_they_are_expected(name):
    assert (ROOT / "futuuri_site" / "settings" / f"{name}.py").is_file()


def test_the_import_contracts_are_kept():
    tool = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout


def test_no_secret_and_no_database_is_kept():
    kept = {path.name for path in tracked()}
    assert not {name for name in kept if name.endswith((".sqlite3", ".pem", ".key", ".env"))}


def test_migrations_tell_what_they_do():
    numbers_only = re.compile(r"\d{4}_auto_\d+")
    named = [path.stem for path in tracked("*/migrations/[0-9]*.py")]
    assert named
    assert not [name for name in named if numbers_only.match(name)]
