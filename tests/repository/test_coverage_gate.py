"""The gate of branch coverage fails below its limit and names the package."""

import os
import subprocess
import sys

import pytest

from .files import ROOT

CODE = "def sign(number):\n    if number < 0:\n        return -1\n    return 1\n\n\nsign(1)\n"
PROJECT = """
[tool.coverage.run]
branch = true
source = ["half"]
[tool.coverage.report]
fail_under = {limit}
"""


@pytest.mark.parametrize(("limit", "status"), [(60, 0), (80, 1)])
def test_it_fails_below_its_limit(tmp_path, limit, status):
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "__init__.py").write_text(CODE)
    (tmp_path / "pyproject.toml").write_text(PROJECT.format(limit=limit))
    # Nothing of the measurement that this test may itself be part of.
    outside = {name: value for name, value in os.environ.items() if "COV" not in name}

    def python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=outside | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )

    python("-m", "coverage", "run", "half/__init__.py")
    gate = python("-m", "tests.coverage_gate")

    assert gate.returncode == status, gate.stderr
    assert "71.4 %  half\n" in gate.stdout
    assert f"of which {limit} % must be reached" in gate.stdout
    assert ("half/__init__.py" in gate.stdout) == bool(status)
