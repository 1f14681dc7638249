"""The drill: back up, erase, bill, release, restore, `after_restore`; nobody is back (R13, R15)."""

import os
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone
from pyrage import x25519

from register.access.standing import SYSTEM
from register.domain.access_log import restored
from register.domain.billing import batch_file, exporting, references
from register.domain.operations import heartbeat, keys
from register.domain.operations.backups import kept
from register.domain.retention import holds
from register.exceptions import NotTogether
from register.models import BookkeepingRow, Client, ExportBatch, Hold, Note
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    HoldFactory,
    NoteFactory,
    ProcessorFactory,
    ServiceOrderFactory,
    run_on,
    staff,
)

pytestmark = pytest.mark.django_db(transaction=True)
KEY = x25519.Identity.generate()
ERASED = {
    "name": "Pöistettu Äsken-Åkerblom",
    "email": "poistettu.asken@example.org",
    "phone": "+358405550123",
}
NOTE, SPECIFICATION = "salainen muistiinpano poistetusta", "salainen tarkennus poistetusta"


@pytest.fixture
def identity(settings, tmp_path):
    settings.REGISTER = settings.REGISTER | {"BACKUP_RECIPIENT": str(KEY.to_public())}
    settings.MEDIA_ROOT = str(tmp_path / "media")
    file = tmp_path / "key.txt"
    file.write_text(f"# public key: {KEY.to_public()}\n{KEY}\n")
    return file


@pytest.fixture
def world(identity):
    """Somebody who is to be erased, some who are billed, and a hold; as on a usual day."""
    keys.enroll_first()
    ProcessorFactory()
    beat()
    counsellor = staff(Role.COUNSELLOR)
    order = ServiceOrderFactory(
        **{f"client__{name}": value for name, value in ERASED.items()},
        specification=SPECIFICATION,
        counsellor=counsellor.staff_member,
        actual_end=date(2026, 6, 15),
        price=0,
    )
    AssignmentFactory(user=counsellor, content_object=order.client)
    NoteFactory(order=order, text=NOTE)
    billed = ServiceOrderFactory.create_batch(
        3, starts_on=date(2026, 1, 2), actual_end=timezone.localdate()
    )
    HoldFactory(client=billed[0].client)
    Browser().force_login(counsellor)
    default_storage.save("documents/tietosuoja.txt", ContentFile(b"julkinen"))


def beat(times=1):
    for _ in range(times):
        heartbeat.beat(now=timezone.now())


def restore(*options, identity):
    (file,) = kept.kept().values()
    call_command("restore", str(file), "--identity", str(identity), *options)


def where_found(values):
    """Return in which tables and files one of the values is to be found, encrypted ones opened."""
    found = set()
    needles = [form for value in values for form in forms_of(value)]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                text = "\x00".join(map(str, row))
                if any(needle in text or needle in text.casefold() for needle in needles):
                    found.add(table)
    for model in apps.get_app_config("register").get_models():
        for row in model._base_manager.all():
            texts = [str(getattr(row, name, "")) for name in ("text", "specification", "reason")]
            if any(needle in text for needle in needles for text in texts):
                found.add(model._meta.label)
    for root in (django_settings.REGISTER["PRIVATE_DIR"], django_settings.MEDIA_ROOT):
        for folder, _, names in os.walk(root):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    data = file.read()
                if any(needle.encode() in data for needle in needles):
                    found.add(name)
    if connection.vendor == "sqlite":
        connection.close()
        name = connection.settings_dict["NAME"]
        for suffix in ("", "-wal"):
            if os.path.exists(f"{name}{suffix}"):
                with open(f"{name}{suffix}", "rb") as file:
                    data = file.read()
                if any(needle.encode() in data for needle in needles):
                    found.add(f"pages{suffix}")
    return found


def forms_of(value):
    return {value, value.casefold(), value.encode("unicode_escape").decode()}


def test_after_a_restore_nobody_is_back_and_nothing_is_billed_twice(world, identity, capsys):
    secrets = [*ERASED.values(), NOTE, SPECIFICATION]
    assert where_found(secrets) >= {"register_client", "register.Note"}
    call_command("backup")
    (file,) = kept.kept().values()
    assert not any(secret.encode() in file.read_bytes() for secret in secrets)

    # What happens afterwards.
    hold = Hold.objects.get()
    holds.release(hold=hold, seen=None, by=SYSTEM, today=timezone.localdate())
    batch = exporting.export(today=timezone.localdate(), by=SYSTEM)
    billed = batch_file.path(batch.pk).read_bytes()
    before = dict(BookkeepingRow.objects.values_list("name", "reference"))
    run_on(date(2027, 1, 1))
    assert where_found(secrets) == set()
    beat(5)
    default_storage.delete("documents/tietosuoja.txt")

    with pytest.raises(CommandError, match="--replace"):
        restore(identity=identity)
    assert not Client.objects.filter(name=ERASED["name"]).exists()
    restore("--replace", identity=identity)
    assert "migrate" in capsys.readouterr().out

    # It is back, and nobody is served.
    assert Client.objects.filter(name=ERASED["name"]).exists()
    assert Note.objects.get().text == NOTE
    assert Hold.objects.get().released_on is None
    assert not ExportBatch.objects.exists()
    assert default_storage.open("documents/tietosuoja.txt").read() == b"julkinen"
    assert Browser().get("/").status_code == 503
    with pytest.raises(NotTogether):
        exporting.export(today=timezone.localdate(), by=SYSTEM)
    with pytest.raises(CommandError, match="after_restore"):
        call_command("export_billing")

    call_command("after_restore")

    assert where_found(secrets) == set()
    assert Browser().get("/admin/login/").status_code == 200
    assert Hold.objects.get().released_on == timezone.localdate()
    assert exporting.export(today=timezone.localdate() + timedelta(days=1), by=SYSTEM) is None
    assert dict(BookkeepingRow.objects.values_list("name", "reference")) == before
    assert batch_file.path(batch.pk).read_bytes() == billed
    assert ExportBatch.objects.get().sha256 == batch.sha256


def test_on_a_new_machine_the_folder_comes_back_too(world, identity, private_dir, tmp_path):
    """The disk is gone: database, private folder and media. What the backup knew, holds."""
    exporting.export(today=timezone.localdate(), by=SYSTEM)
    run_on(date(2027, 1, 1))
    call_command("backup")
    batch = ExportBatch.objects.get()
    private_dir.rename(tmp_path / "lost")
    default_storage.delete("documents/tietosuoja.txt")
    Note.objects.all().delete()

    restore("--replace", identity=identity)
    assert restored.mismatch()
    call_command("after_restore")

    assert restored.mismatch() is None
    assert batch_file.open_checked(batch.pk, sha256=batch.sha256).read()
    assert references.path(batch.pk).exists()
    assert (private_dir / "ledger.jsonl").exists()
    assert default_storage.exists("documents/tietosuoja.txt")
    assert exporting.export(today=timezone.localdate(), by=SYSTEM) is None
    assert not list(private_dir.rglob("*.tmp"))


def test_it_can_be_restored_again_and_again(world, identity):
    """On PostgreSQL the schema is another one after the first time."""
    call_command("backup")
    names = set(Client.objects.values_list("name", flat=True))
    for _ in range(2):
        restore("--replace", identity=identity)
        call_command("after_restore")
        assert set(Client.objects.values_list("name", flat=True)) == names
    for file in kept.kept().values():
        file.unlink()
    call_command("backup")
    Client.objects.filter(name=ERASED["name"]).update(birth_year=1900)
    restore("--replace", identity=identity)
    assert Client.objects.get(name=ERASED["name"]).birth_year == 1980
