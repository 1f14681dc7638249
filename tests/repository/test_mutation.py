"""`make mutate` changes what it says it changes, and its list of equivalents is true."""

import ast
import tomllib

import pytest

from tests.mutation import EQUIVALENT, Mutant, read

from .files import ROOT

CONFIGURED = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
CHANGED = sorted(
    {path for pattern in CONFIGURED["only_mutate"] for path in ROOT.glob(pattern)}
    - {ROOT / path for path in CONFIGURED["do_not_mutate"]}
)
EQUIVALENTS = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
# mutmut changes no function that has a decorator, but for these two kinds.
LEFT_OUT = {
    "register.access.passwords.common_passwords",
    "register.access.standing.looking_anew",
    "register.access.standing.may_enter",
    "register.access.standing.remembering",
}
NOT_LEFT_OUT = {"classmethod", "staticmethod"}


def module(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("pattern", CONFIGURED["only_mutate"])
def test_each_pattern_names_a_module(pattern):
    assert list(ROOT.glob(pattern))


@pytest.mark.parametrize("path", CONFIGURED["pytest_add_cli_args_test_selection"])
def test_each_selected_test_is_there(path):
    assert (ROOT / path).exists()


def test_a_function_that_is_left_out_is_known():
    found = {
        f"{module(path)}.{node.name}"
        for path in CHANGED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and {ast.unparse(decorator) for decorator in node.decorator_list} - NOT_LEFT_OUT
    }
    assert found == LEFT_OUT


@pytest.mark.parametrize("entry", EQUIVALENTS, ids=lambda entry: entry["function"])
def test_a_known_equivalent_stands_in_the_code_and_has_a_reason(entry):
    paths = [path for path in CHANGED if entry["function"].startswith(f"{module(path)}.")]
    lines = [line.strip() for path in paths for line in path.read_text().splitlines()]
    assert set(entry["old"].splitlines()) <= set(lines)
    assert entry["why"]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("register.access.gate.x_may_see", "register.access.gate.may_see"),
        ("register.access.gate.xǁGateǁopen", "register.access.gate.Gate.open"),
    ],
)
def test_a_diff_is_read(name, function):
    diff = f"""# {name}__mutmut_12: survived
--- register/access/gate.py
+++ register/access/gate.py
@@ -1,3 +1,3 @@
 def f(
-    return True
+    return False
"""
    assert read(diff) == Mutant(function, "return True", "return False")
