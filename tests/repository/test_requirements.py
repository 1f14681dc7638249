"""Every dependency has a reason, and every pin has hashes and fits what was asked for."""

import re
import tomllib

import pytest

from tests.repository.files import ROOT

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
FILES = ("requirements.txt", "tests/requirements.txt", "tests/requirements-next.txt")
DEPENDENCY = re.compile(r'^    "([A-Za-z][A-Za-z0-9_.-]*)(?:\[[^]]*\])?[<>=!~][^"]*",(.*)$')


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    """Return name to the whole requirement, hashes included."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {normal(re.split(r"[=\[ ;]", line)[0]): line for line in lines}


def direct() -> list[str]:
    found = tomllib.loads(PROJECT)
    project, groups = found["project"], found["dependency-groups"]
    return [*project["dependencies"], *project["optional-dependencies"]["site"], *groups["test"]]


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_is_pinned_with_hashes(file):
    for name, line in pins(file).items():
        assert re.match(r"[A-Za-z0-9_.\[\]-]+==[^ ]+ ", line), name
        assert "--hash=sha256:" in line, name


def test_every_direct_dependency_says_why_and_under_which_licence():
    found = [match for match in map(DEPENDENCY.match, PROJECT.splitlines()) if match]
    assert len(found) == len(direct())
    for match in found:
        assert re.search(r"#.*\w.*\([A-Z][\w.+ -]*.*\)", match[2]), match[1]


def test_every_direct_dependency_is_pinned():
    names = {normal(re.split(r"[\[<>=]", line)[0]) for line in direct()}
    assert names <= pins("tests/requirements.txt").keys()


@pytest.mark.parametrize("file", FILES)
def test_a_pin_names_the_extras_that_are_asked_for(file):
    """Else pip takes the newest version for the request, and misses its hash."""
    asked = {line.split("[")[0]: line.split("]")[0] for line in direct() if "[" in line}
    pinned = [line.split("==")[0] for line in pins(file).values()]
    for name, whole in asked.items():
        for found in pinned:
            if normal(found.split("[")[0]) == normal(name):
                assert normal(found) == normal(f"{whole}]")
    assert file == "requirements.txt" or "coverage[toml]" in pinned


def test_the_tests_run_on_what_runs():
    running, testing = pins("requirements.txt"), pins("tests/requirements.txt")
    for name, line in running.items():
        assert line.split()[0] == testing[name].split()[0]


def test_the_next_run_differs_by_wagtail():
    version = pins("tests/requirements-next.txt")["wagtail"].split()[0]
    assert version.startswith("wagtail==8.")
    assert pins("requirements.txt")["wagtail"].startswith("wagtail==7.4.")
