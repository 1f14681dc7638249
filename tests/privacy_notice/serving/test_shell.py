"""The fingerprint changes with what is around the content."""

from datetime import date

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from privacy_notice.serving import shell
from register.reference import clock


@pytest.fixture(autouse=True)
def each_time_anew():
    shell.fingerprint.cache_clear()
    yield
    shell.fingerprint.cache_clear()


def taken():
    shell.fingerprint.cache_clear()
    return shell.fingerprint()


def test_it_stays_while_nothing_changes():
    assert taken() == taken()


def test_other_names_of_static_files_change_it(monkeypatch):
    before = taken()
    monkeypatch.setattr(staticfiles_storage, "manifest_hash", "another", raising=False)
    assert taken() != before


@pytest.mark.parametrize("name", ["templates/base.html", "locale/fi/LC_MESSAGES/django.mo"])
def test_another_template_or_translation_changes_it(name, tmp_path, settings):
    before = taken()
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"another")
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path / "locale"]
    settings.TEMPLATES = [
        {**each, "DIRS": [*each["DIRS"], tmp_path / "templates"]} for each in settings.TEMPLATES
    ]
    assert taken() != before


def test_the_sites_own_templates_are_part_of_it():
    names = {file.name for file in shell._files()}
    assert {"base.html", "content.html", "django.mo"} <= names


def test_a_new_year_changes_the_key(monkeypatch):
    """The texts name the year: what was stored in the old one is not sent in the new."""
    keys = set()
    for day in (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        keys.add(shell.key())
    assert len(keys) == 2
    assert all(len(key) <= 64 for key in keys)
