"""An upload lies encrypted, opens to its uploader alone, and is erased in time (C23, C29)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from register.domain.clients.importing import kept
from register.domain.operations import tidying
from register.domain.operations.backups import making
from register.exceptions import Erased, FileUnfit
from register.files import private
from register.models.staff import Role
from tests.factories import staff
from tests.register.domain.clients.importing.lists import ROW, data

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": str(tmp_path)}
    return tmp_path


@pytest.fixture
def uploader():
    return staff(Role.MAIN_USER)


def files():
    return [file for file in private.folder(kept.FOLDER).iterdir() if file.name != ".lock"]


def test_it_opens_as_it_was_with_what_was_chosen(uploader, now):
    upload = kept.opened(kept.keep(data(ROW), whose=uploader, now=now), whose=uploader, now=now)
    assert upload.table.sheets[0].rows[1][0] == "Esimerkki"
    kept.choose(upload, replace(upload.choices, manner="remote", leaves_out=True))
    again = kept.opened(upload.key, whose=uploader, now=now)
    assert (again.choices.manner, again.choices.leaves_out) == ("remote", True)
    assert again.table == upload.table


def test_nothing_of_it_is_legible_on_the_disk(uploader, now):
    kept.keep(data(ROW), whose=uploader, now=now)
    (file,) = files()
    assert file.stat().st_mode & 0o777 == 0o600
    for value in ROW.values():
        assert value.encode() not in file.read_bytes() or len(value) < 6


def test_it_is_nobody_elses(uploader, now):
    key = kept.keep(data(ROW), whose=uploader, now=now)
    for who, name in ((staff(Role.MAIN_USER), key), (uploader, uuid4())):
        with pytest.raises(Erased):
            kept.opened(name, whose=who, now=now)


def test_what_can_not_be_read_is_not_kept(uploader, now):
    with pytest.raises(FileUnfit):
        kept.keep(b"", whose=uploader, now=now)
    assert not private.path(kept.FOLDER).exists() or not files()


def test_it_is_erased_once(uploader, now):
    key = kept.keep(data(ROW), whose=uploader, now=now)
    kept.erase(key)
    kept.erase(key)
    assert not files()
    with pytest.raises(Erased):
        kept.opened(key, whose=uploader, now=now)


def test_after_two_hours_it_opens_no_more_and_is_tidied_away(uploader, now):
    key = kept.keep(data(ROW), whose=uploader, now=now)
    later = now + kept.KEPT + timedelta(minutes=1)
    with pytest.raises(Erased):
        kept.opened(key, whose=uploader, now=later)
    assert kept.erase_old(now=now) == 0
    assert tidying.tidy_up(now=later) >= 1
    assert not files()


def test_no_backup_takes_it(uploader, now, folder):
    kept.keep(data(ROW), whose=uploader, now=now)
    (folder / "kept.txt").write_text("x")
    taken = making.files(private.path(), but_not=making.NOT_TAKEN)
    assert [file.name for file in taken] == ["kept.txt"]
