"""Run mutmut on the code that must not err, and fail on each change that no test notices.

Usage: python -m tests.mutation [NAME ...], where a name may be a pattern such as
`register.access.*`. Which modules are changed, and which tests look, stands in pyproject.toml;
the changes that change nothing stand in equivalent_mutants.toml, each with its reason.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
TOOL = Path(sys.executable).with_name("mutmut")
NOTICED = {"killed", "timeout", "skipped"}


class Mutant(NamedTuple):
    function: str
    old: str
    new: str


def main(*names: str) -> int:
    """Print each mutant that survives and is not known to be equivalent; return 1 if any does."""
    run(*names)
    found = results(*names)
    survivors = {read(diff(name)): name for name, status in found.items() if status not in NOTICED}
    known = equivalents()
    unknown = survivors.keys() - known
    for mutant in sorted(unknown):
        print(f"\n{survivors[mutant]}\n- {mutant.old}\n+ {mutant.new}")
    killed = known - survivors.keys() if not names else set()
    for mutant in sorted(killed):
        print(f"\nEquivalent no more: {mutant.function}\n- {mutant.old}\n+ {mutant.new}")
    print(f"\n{len(found)} mutants, of which {len(unknown)} survive", end="")
    print(f" and {len(survivors) - len(unknown)} are known to be equivalent.")
    if slow := sum(status == "timeout" for status in found.values()):
        print(f"{slow} ran out of time, which on a busy machine shows nothing.")
    return int(bool(unknown or killed))


def run(*names: str) -> None:
    """Make all mutants anew and test them, on SQLite and with the kept test database."""
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    environment = os.environ | {"VAR_DIR": str(ROOT / "var"), "DATABASE_URL": ""}
    command = [TOOL, "run", "--max-children", str(os.cpu_count()), *names]
    output = None if sys.stdout.isatty() else subprocess.PIPE
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, text=True)
    if done.returncode:
        sys.exit(f"{(done.stdout or '')[-3000:]}\nmutmut has failed.")


def results(*names: str) -> dict[str, str]:
    """Return how the tests dealt with each mutant of these names, or with all."""
    lines = _tool("results", "--all", "true").splitlines()
    found = dict(line.strip().rsplit(": ", 1) for line in lines if ": " in line)
    asked = [name for name in found if not names or any(fnmatch(name, each) for each in names)]
    return {name: found[name] for name in asked}


def diff(name: str) -> str:
    return _tool("show", name)


def read(text: str) -> Mutant:
    """Return the mutant that a diff of mutmut shows."""
    name = re.search(r"^# (\S+)__mutmut_\d+: ", text)[1]
    module, _, function = name.rpartition(".")
    lines = [line for line in text.splitlines() if not line.startswith(("---", "+++"))]
    return Mutant(
        f"{module}.{function.removeprefix('x_').replace('ǁ', '.').removeprefix('x.')}",
        *("\n".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+"),
    )


def equivalents() -> set[Mutant]:
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    return {Mutant(entry["function"], entry["old"], entry["new"]) for entry in entries}


def _tool(*arguments: str) -> str:
    return subprocess.run(
        [TOOL, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
