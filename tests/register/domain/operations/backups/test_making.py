"""R13: a backup is whole and encrypted, or not there; nothing in clear stays behind."""

import io
import json
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from datetime import UTC, datetime

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pyrage import x25519

from register.domain.operations.backups import dumping, kept, making
from register.exceptions import BackupFailed
from register.files import durable
from register.models import Client
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db(transaction=True)
KEY = x25519.Identity.generate()
NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
NAME = "Salainen Nimismies-Åberg"


@pytest.fixture(autouse=True)
def public_key(settings, tmp_path):
    settings.REGISTER = settings.REGISTER | {"BACKUP_RECIPIENT": str(KEY.to_public())}
    settings.MEDIA_ROOT = str(tmp_path / "media")


def opened(file):
    """Return the members of a backup, as anybody with the key and tar sees them."""
    plain = io.BytesIO(pyrage.decrypt(file.read_bytes(), [KEY]))
    with tarfile.open(fileobj=plain) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}


def test_it_holds_database_private_files_and_media(private_dir, tmp_path):
    ClientFactory(name=NAME)
    (private_dir / "billing").mkdir(parents=True)
    (private_dir / "billing" / "x.txt").write_text("file")
    (private_dir / "retention.lock").write_text("")
    (private_dir / "counter").write_text("7")
    (tmp_path / "media" / "backup").mkdir(parents=True)
    (tmp_path / "media" / "backup" / "kuva ä.png").write_bytes(b"png")
    file = making.make(now=NOW)
    members = opened(file)
    names = [name for name in members if not name.startswith("database/")]
    assert names == [
        *("about.json", "private/billing/x.txt", "media/backup/kuva ä.png"),
        *("manifest.json", "manifest.hmac"),
    ]
    assert json.loads(members["about.json"])["database"] == connection.vendor
    dump = b"".join(members[name] for name in sorted(members) if name.startswith("database/"))
    assert NAME in in_clear(dump, tmp_path)
    assert NAME.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def in_clear(dump, tmp_path):
    """Return the names of the clients in a dump, by the database's own programs."""
    if connection.vendor == "sqlite":
        (tmp_path / "copy.sqlite3").write_bytes(dump)
        with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
            return [name for (name,) in copy.execute("SELECT name FROM register_client")]
    script = subprocess.run(
        ["pg_restore", "--file=-", "--data-only", "--table=register_client"],
        input=dump,
        capture_output=True,
        check=True,
    )
    return script.stdout.decode()


def test_nothing_in_clear_is_left_behind(private_dir, tmp_path):
    ClientFactory(name=NAME)
    making.make(now=NOW)
    left = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".age"]
    assert [file.name for file in left if NAME.encode() in file.read_bytes()] == []
    assert not list(tmp_path.rglob("*.tmp"))


def test_while_it_is_made_no_copy_in_clear_has_a_name(private_dir, monkeypatch):
    """A kill leaves nothing: SQLite's copy is read without a name, PostgreSQL's is a pipe."""
    ClientFactory(name=NAME)
    seen = []
    real = dumping.dump

    def looked_at(**kwargs):
        for piece in real(**kwargs):
            seen.append(making.aside().exists())
            yield piece

    monkeypatch.setattr(dumping, "dump", looked_at)
    making.make(now=NOW)
    assert seen
    assert not any(seen)


@pytest.mark.parametrize("what", ["full disk", "failing dump", "killed"])
def test_one_that_fails_has_no_name_and_leaves_the_last_one(monkeypatch, what):
    first = making.make(now=NOW)
    errors = {"full disk": OSError(28, "full"), "failing dump": BackupFailed("x")}

    def fail(*args, **kwargs):
        raise errors.get(what, SystemExit())

    place = (durable, "put_in_place") if what == "killed" else (dumping, "dump")
    monkeypatch.setattr(*place, fail)
    with pytest.raises((OSError, BackupFailed, SystemExit)):
        making.make(now=NOW.replace(hour=10))
    assert list(kept.kept().values()) == [first]


def test_the_password_of_the_database_is_in_no_argument(monkeypatch):
    seen = []
    real = subprocess.Popen

    def noted(command, *args, **kwargs):
        seen.append((command, kwargs.get("env") or {}))
        return real(command, *args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", noted)
    making.make(now=NOW)
    if connection.vendor == "sqlite":
        # It has no password, and no other program is asked.
        assert seen == []
        return
    ((command, environment),) = seen
    password = connection.settings_dict["PASSWORD"]
    assert environment["PGPASSWORD"] == password
    assert f":{password}" not in " ".join(command)
    assert command.count(password) == (password == connection.settings_dict["USER"])


def test_a_missing_program_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "")
    if connection.vendor == "sqlite":
        # It needs none.
        call_command("backup")
        assert kept.kept()
        return
    with pytest.raises(CommandError, match="pg_dump"):
        call_command("backup")


@pytest.mark.parametrize("name", ["BACKUP_DIR", "BACKUP_RECIPIENT"])
def test_without_folder_or_key_it_says_so(settings, name):
    settings.REGISTER = settings.REGISTER | {name: ""}
    with pytest.raises(CommandError, match=name):
        call_command("backup")


def test_a_private_key_in_the_settings_is_refused_and_not_told(settings):
    settings.REGISTER = settings.REGISTER | {"BACKUP_RECIPIENT": str(KEY)}
    with pytest.raises(CommandError, match="BACKUP_RECIPIENT") as refused:
        call_command("backup")
    assert str(KEY) not in str(refused.value)


def test_old_ones_go_although_the_new_one_fails(monkeypatch):
    making.make(now=datetime(2026, 1, 1, tzinfo=UTC))
    monkeypatch.setattr(making, "make", lambda **kwargs: (_ for _ in ()).throw(BackupFailed("x")))
    with pytest.raises(CommandError):
        call_command("backup")
    assert not kept.kept()


def test_it_is_made_while_others_write(private_dir):
    """What is appended to the ledger meanwhile is left to the next backup."""
    private_dir.mkdir()
    ledger = private_dir / "ledger.jsonl"
    ledger.write_text("one\n")
    real = dumping.dump
    with pytest.MonkeyPatch.context() as patch:

        def meanwhile(**kwargs):
            for piece in real(**kwargs):
                ClientFactory(name="Myöhempi")
                with ledger.open("a") as file:
                    file.write("two\n")
                yield piece

        patch.setattr(dumping, "dump", meanwhile)
        members = opened(making.make(now=NOW))
    assert members["private/ledger.jsonl"].startswith(b"one\ntwo\n")
    assert Client.objects.filter(name="Myöhempi").exists()
