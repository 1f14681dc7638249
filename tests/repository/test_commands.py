"""The commands of the Makefile: what they tell, what they run, and on which Python."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .files import ROOT

PYTHONS = ROOT / "tests" / "pythons.sh"
# Of an outer `make test`, nothing may reach the one that is looked at.
OUTER = {"MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "MFLAGS", "PYTEST_ARGS", "T", "VENV", "PYTHON"}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in OUTER}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True
    )


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    return set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())


def test_help_tells_every_target_in_one_line():
    lines = make("help").stdout.splitlines()
    told = {line.split()[1]: line.split(maxsplit=2)[2:] for line in lines}
    assert told.keys() == targets()
    assert all(told.values())


@pytest.mark.parametrize(
    ("arguments", "run"),
    [
        (["test"], "-n auto"),
        (["test", "T=tests/home/test_x.py"], "tests/home/test_x.py"),
        (["test", "PYTEST_ARGS=-x tests/home"], "-x tests/home"),
        (["test", "PYTEST_ARGS=-x", "T=tests/home"], "-x tests/home"),
    ],
    ids=["all", "T", "PYTEST_ARGS", "both"],
)
def test_tests_are_run_as_asked(arguments, run):
    last = make("--dry-run", *arguments).stdout.splitlines()[-1]
    assert last.split() == [".venv/bin/python", "-m", "pytest", *run.split()]


def test_without_a_python_it_says_what_to_do(tmp_path):
    folder = tmp_path / "new"
    answer = make(f"VENV={folder}", "PYTHON=", f"{folder}/bin/python")
    assert answer.returncode == 2
    assert "No working Python 3.11 to 3.13" in answer.stderr
    assert not folder.exists()


@pytest.fixture
def pythons(tmp_path):
    """`pythons(name=exit status)` lists what is found on a path with these programs only."""
    for tool in ("grep", "sh"):
        (tmp_path / tool).symlink_to(subprocess.check_output(["which", tool], text=True).strip())

    def find(**programs: int) -> list[str]:
        for name, status in programs.items():
            program = tmp_path / name.replace("_", ".")
            program.write_text(f"#!/bin/sh\n[ {status} = 0 ] && echo {program}\nexit {status}\n")
            program.chmod(0o755)
        found = subprocess.run(
            ["sh", PYTHONS], env={"PATH": str(tmp_path)}, capture_output=True, text=True
        )
        return [Path(line).name for line in found.stdout.splitlines()]

    return find


def test_the_newest_comes_first(pythons):
    assert pythons(python3_11=0, python3_13=0, python3_12=0)[:3] == [
        *("python3.13", "python3.12", "python3.11")
    ]


def test_one_that_does_not_work_is_passed_over(pythons):
    assert pythons(python3_13=127, python3_12=0, python3_11=0) == ["python3.12", "python3.11"]


def test_one_that_is_not_supported_is_passed_over(pythons):
    assert pythons(python3_10=0, python3_14=0) == []


def test_a_plain_python3_of_a_supported_version_is_found(pythons, tmp_path):
    assert pythons() == []
    (tmp_path / "python3").symlink_to(sys.executable)
    assert pythons() == ["python3"]


def test_what_is_looked_for_is_what_is_supported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    versions = re.search(r"for version in ([\d. ]+);", PYTHONS.read_text())[1].split()
    newest, oldest = (int(version.split(".")[1]) for version in (versions[0], versions[-1]))
    assert versions == [f"3.{minor}" for minor in range(newest, oldest - 1, -1)]
    assert project["project"]["requires-python"] == f">=3.{oldest},<3.{newest + 1}"
    assert project["tool"]["ruff"]["target-version"] == f"py3{oldest}"
    assert project["tool"]["mypy"]["python_version"] == f"3.{oldest}"
