"""The project's own rules about its files, which no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.files import ROOT, tracked

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
    assert not [path for path in modules() if path.name in BANNED_NAMES]


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


@pytest.mark.parametrize("package", PACKAGES)
def test_a_test_module_stands_where_its_module_does(package):
    """Tests of several modules at once have folders of their own: integration, browser."""
    base = ROOT / "tests" / package
    for test in base.rglob("test_*.py"):
        twin = ROOT / package / test.relative_to(base).parent / test.name.removeprefix("test_")
        assert twin.is_file() or twin.with_suffix("").is_dir(), test.relative_to(ROOT)


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


def test_no_test_takes_its_parameters_from_a_set():
    """The order of a set differs between the processes of pytest-xdist, which then refuse."""
    unsorted = re.compile(r"parametrize\(\s*[^,]+,\s*(?:set|frozenset)\(")
    assert [
        path.relative_to(ROOT).as_posix()
        for path in tracked("tests/*.py")
        if unsorted.search(path.read_text(encoding="utf-8"))
    ] == []


def test_days_are_counted_by_the_calendar():
    """A day has 23 hours in March, and 25 in October: 24 hours back may be another day."""
    counted = re.compile(r"timezone\.now\(\)\s*[-+]\s*timedelta\(days")
    assert not [path for path in modules() if counted.search(path.read_text(encoding="utf-8"))]


def test_today_is_the_day_in_helsinki():
    """By UTC it is yesterday until two or three in the morning."""
    elsewhere = re.compile(r"\bdate\.today\(|\bnow(?:\(\))?\.date\(")
    assert not [path for path in modules() if elsewhere.search(path.read_text(encoding="utf-8"))]
