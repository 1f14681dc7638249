"""The hash of a template changes with all that a migrated database depends on."""

import pytest
from django.conf import settings

from .fingerprint import (
    called_by_migrations,
    fingerprint,
    hash_of,
    migrations,
    settings_files,
    versions,
)


def test_it_is_the_same_for_the_same(tmp_path):
    assert fingerprint() == fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("operations = [2]"),
        lambda path: path.rename(path.with_name("0002_other.py")),
        lambda path: path.with_name("0002_next.py").write_text(""),
        lambda path: path.unlink(),
    ],
    ids=["changed", "renamed", "added", "removed"],
)
def test_a_changed_migration_changes_it(tmp_path, change):
    def of_folder():
        return hash_of([], sorted(tmp_path.glob("*.py")))

    (tmp_path / "0001_initial.py").write_text("operations = [1]")
    before = of_folder()
    change(tmp_path / "0001_initial.py")

    assert of_folder() != before


def test_another_version_changes_it():
    assert hash_of(["wagtail-7.4"], []) != hash_of(["wagtail-8.0"], [])


def test_it_knows_migrations_settings_and_packages():
    names = {"/".join(path.parts[-3:]) for path in migrations()}
    assert {"register/migrations/0001_initial.py", "auth/migrations/0001_initial.py"} <= names
    assert [path.name for path in called_by_migrations() if path.exists()] == ["protection.py"]
    assert settings.BASE_DIR / "futuuri_site" / "settings" / "base.py" in settings_files()
    assert any(name.startswith("wagtail-") for name in versions())
