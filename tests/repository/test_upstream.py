"""What the project copies, extends or imports of packages that may change it at any release."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wagtail
from django.apps import apps

from .files import ROOT, tracked
from .test_requirements import pins

KNOWN = json.loads((Path(__file__).parent / "upstream_templates.json").read_text())
RUNNING = f"{wagtail.VERSION[0]}.{wagtail.VERSION[1]}"
EXTENDS = re.compile(r"{% extends [\"']([^\"']+)[\"'] %}")
# wagtail-modeladmin is in maintenance mode: the fewer names, the sooner it is replaced.
MODELADMIN = {
    ("helpers", "AdminURLHelper"),
    ("helpers", "PermissionHelper"),
    ("menus", "ModelAdminMenuItem"),
    ("options", "ModelAdmin"),
    ("options", "modeladmin_register"),
    ("views", "WMABaseView"),
}


def upstream(name: str) -> Path | None:
    """Return the file of this template name in an installed package, or None."""
    folders = [Path(app.path) for app in apps.get_app_configs()]
    others = [folder for folder in folders if folder != ROOT / folder.name]
    return next(
        (path for folder in others if (path := folder / "templates" / name).is_file()), None
    )


def stood_on() -> Iterator[tuple[str, Path]]:
    """Yield the packages' templates that ours replace or extend, by name, and ours."""
    for path in tracked("*/templates/*.html", "templates/*.html"):
        own = path.as_posix().rpartition("/templates/")[2]
        for name in {own, *EXTENDS.findall(path.read_text(encoding="utf-8"))}:
            if upstream(name):
                yield name, path


STOOD_ON = dict(sorted(stood_on()))


@pytest.mark.parametrize("name", STOOD_ON)
def test_a_template_that_ours_stands_on_is_as_it_was(name):
    digest = hashlib.sha256(upstream(name).read_bytes()).hexdigest()
    assert KNOWN[RUNNING].get(name) == digest, (
        f"On Wagtail {RUNNING}, {name} is not what {STOOD_ON[name].relative_to(ROOT)} was written "
        f"for. Compare {upstream(name)} with the release before, carry the change over, look at "
        f'the screen, then write "{digest}" into upstream_templates.json.'
    )


def test_each_pinned_wagtail_is_known_with_the_same_templates():
    files = ("requirements.txt", "tests/requirements-next.txt")
    versions = [re.match(r"wagtail==(\d+\.\d+)", pins(file)["wagtail"])[1] for file in files]
    assert list(KNOWN) == versions
    assert {version: set(known) for version, known in KNOWN.items()} == dict.fromkeys(
        versions, STOOD_ON.keys()
    )


def test_few_names_come_from_modeladmin():
    found = {
        (node.module.removeprefix("wagtail_modeladmin").lstrip("."), alias.name)
        for path in tracked("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] == "wagtail_modeladmin"
        for alias in node.names
    }
    assert found == MODELADMIN
