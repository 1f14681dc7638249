"""R13, R15: a backup is taken as a whole, and only one of ours."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pyrage import x25519

from register.domain.access_log import restored
from register.domain.erasure import ledger
from register.domain.operations import heartbeat
from register.domain.operations.backups import contents, kept, making, restoring
from register.exceptions import BackupDamaged, BackupFailed
from register.files import age, counter
from register.files.archive import Archive
from register.models import Client
from register.tasks.supervision import supervising
from tests.factories import ClientFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db(transaction=True)
KEY = x25519.Identity.generate()
NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def public_key(settings, tmp_path):
    settings.REGISTER = settings.REGISTER | {"BACKUP_RECIPIENT": str(KEY.to_public())}
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "key.txt").write_text(str(KEY))


@pytest.fixture
def backup():
    heartbeat.beat(now=NOW)
    ClientFactory(name="Ennen")
    file = making.make(now=NOW)
    Client.objects.all().delete()
    ClientFactory(name="Jälkeen")
    return file


def restore(file):
    with file.open("rb") as opened:
        restoring.restore(opened, [KEY], restoring.check(opened, [KEY]))


def names():
    return set(Client.objects.values_list("name", flat=True))


def test_the_database_is_as_it_was_and_stands_still(backup):
    restore(backup)
    assert names() == {"Ennen"}
    assert restored.mismatch() is restored.Mismatch.DATABASE_OLDER


def test_the_programs_that_restore_print_nothing(backup, capfd):
    """Not a line for each sequence, as psql would."""
    restore(backup)
    assert capfd.readouterr() == ("", "")


def test_one_of_this_very_moment_is_recognised_too():
    heartbeat.beat(now=NOW)
    restore(making.make(now=NOW))
    assert restored.mismatch()


@pytest.mark.parametrize("place", [0.0, 0.3, 0.7, 0.999])
@pytest.mark.parametrize("how", ["changed", "cut"])
def test_a_damaged_one_changes_nothing(backup, place, how):
    data = bytearray(backup.read_bytes())
    at = int(len(data) * place)
    if how == "cut":
        del data[at:]
    else:
        data[at] ^= 1
    backup.write_bytes(data)
    with pytest.raises(BackupDamaged):
        restore(backup)
    assert names() == {"Jälkeen"}
    assert restored.mismatch() is None


@pytest.mark.parametrize("point", ["_take", "_place"])
def test_one_that_fails_on_the_way_changes_nothing(backup, monkeypatch, private_dir, point):
    def fail(*args):
        raise OSError(28, "full")

    before = counter.read()
    monkeypatch.setattr(restoring, point, fail)
    with pytest.raises(OSError, match="full"):
        restore(backup)
    assert names() == {"Jälkeen"}
    assert counter.read() == before
    assert restored.mismatch() is None
    assert not (private_dir / "restoring").exists()
    assert not list(private_dir.rglob("*.tmp"))


@pytest.mark.parametrize("point", ["_take", "_place"])
def test_one_that_is_killed_stands_still(backup, monkeypatch, point):
    def killed(*args):
        raise SystemExit

    monkeypatch.setattr(restoring, point, killed)
    with pytest.raises(SystemExit):
        restore(backup)
    assert names() == {"Jälkeen"}
    assert restored.mismatch()


def made_by_a_stranger(*, name="private/x.txt", sign=contents.signed, leave_out=None):
    """A backup by somebody who has the public key, and not the register's keys."""
    archive = Archive(1.0)
    about = contents.in_json(contents.about_now(NOW.isoformat()))
    pieces = [*archive.data(contents.ABOUT, about), *archive.data(name, b"x")]
    manifest = contents.manifest(archive)
    pieces += [*archive.data("private/later.txt", b"x")] if leave_out == "manifest" else []
    if leave_out != contents.MANIFEST:
        pieces += archive.data(contents.MANIFEST, manifest)
    if leave_out != contents.SIGNATURE:
        pieces += archive.data(contents.SIGNATURE, sign(manifest))
    file = io.BytesIO()
    age.encrypt([*pieces, archive.end()], file, recipient=str(KEY.to_public()))
    return file


@pytest.mark.parametrize(
    "made",
    [
        {"sign": lambda manifest: b"0" * 64},
        {"leave_out": contents.SIGNATURE},
        {"leave_out": contents.MANIFEST},
        {"leave_out": "manifest"},
        {"name": contents.ABOUT},
    ],
    ids=["signature", "no signature", "no list", "not on the list", "twice"],
)
def test_one_that_is_not_ours_is_refused_before_anything_is_taken(made, monkeypatch):
    """Whoever has the public key can make one that opens."""
    monkeypatch.setattr(restoring, "_take", None)
    with pytest.raises(BackupDamaged):
        restoring.check(made_by_a_stranger(**made), [KEY])


def test_the_stranger_of_these_tests_could_make_a_good_one():
    assert restoring.check(made_by_a_stranger(), [KEY]).taken_at == NOW.isoformat()


def test_what_no_backup_has_is_not_put_anywhere(tmp_path):
    file = made_by_a_stranger(name="elsewhere/x")
    about = restoring.check(file, [KEY])
    with pytest.raises(BackupFailed):
        restoring.restore(file, [KEY], about)
    assert not list(tmp_path.rglob("x"))


def test_without_the_key_that_signed_it_it_says_which_one_is_missing(settings, backup):
    keys = {"other": "b3RoZXIta2V5LW9mLXRoZS10ZXN0cy0zMi1ieXRlcyE="}
    settings.REGISTER = settings.REGISTER | {"ENCRYPTION_KEYS": keys}
    with pytest.raises(BackupFailed, match="test"):
        restore(backup)


def test_private_files_that_are_there_are_newer_and_the_ledger_is_only_added_to(private_dir):
    (private_dir / "billing").mkdir(parents=True)
    (private_dir / "billing" / "a.txt").write_text("old")
    (private_dir / "billing" / "b.txt").write_text("b")
    ledger.path().write_text("one\ntwo\n")
    file = making.make(now=NOW)
    (private_dir / "billing" / "a.txt").write_text("new")
    (private_dir / "billing" / "b.txt").unlink()
    ledger.path().write_text("two\nthree\n")
    restore(file)
    assert (private_dir / "billing" / "a.txt").read_text() == "new"
    assert (private_dir / "billing" / "b.txt").read_text() == "b"
    assert ledger.path().read_text() == "two\nthree\none\n"


def test_media_are_as_they_were_and_others_may_read_them(settings, tmp_path):
    media = tmp_path / "media"
    media.mkdir()
    (media / "x.png").write_text("old")
    file = making.make(now=NOW)
    (media / "x.png").write_text("new")
    restore(file)
    assert (media / "x.png").read_text() == "old"
    assert (media / "x.png").stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS


@pytest.mark.parametrize("where", ["database", "form", "migrations"])
def test_one_that_does_not_fit_is_refused(where):
    about = contents.about_now(NOW.isoformat())
    restoring.refuse(about)
    other = {"database": "oracle", "form": 99, "migrations": [["register", "9999_later"]]}
    with pytest.raises(BackupFailed):
        restoring.refuse(replace(about, where, other[where]))


def replace(about, name, value):
    from dataclasses import replace as with_other

    return with_other(about, **{name: value})


def command(tmp_path, *options):
    (file,) = kept.kept().values()
    call_command("restore", str(file), "--identity", str(tmp_path / "key.txt"), *options)


def test_a_database_with_people_is_replaced_only_on_demand(backup, tmp_path):
    StaffMemberFactory()
    with pytest.raises(CommandError, match="--replace"):
        command(tmp_path)
    assert names() == {"Jälkeen"}
    command(tmp_path, "--replace")
    assert names() == {"Ennen"}


def test_a_look_changes_nothing_and_tells_the_moment(backup, tmp_path, capsys):
    command(tmp_path, "--check")
    told = capsys.readouterr().out
    assert "ehjä" in told
    assert "10.3.2027" in told
    assert names() == {"Jälkeen"}
    assert restored.mismatch() is None


def test_beside_a_running_worker_nothing_is_restored(backup, tmp_path):
    with supervising(), pytest.raises(CommandError, match="pysäytä"):
        command(tmp_path, "--replace")
    assert names() == {"Jälkeen"}


def test_a_database_without_a_table_is_not_in_use():
    assert not restoring.is_in_use()


def test_a_database_that_is_in_use_is_told(backup, tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("waits for its lock")
    from django.db import connections

    from register.domain.operations.backups import dumping

    monkeypatch.setattr(dumping, "BEGIN", dumping.BEGIN.replace(b"'20s'", b"'200ms'"))
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM register_client")
        with pytest.raises(CommandError, match="käytössä"):
            command(tmp_path, "--replace")
    finally:
        other.rollback()
        other.close()
        connections.close_all()
    assert names() == {"Jälkeen"}
    assert restored.mismatch() is None
