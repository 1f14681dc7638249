"""C24, C33, C38: the billing role fetches the file, and every client in it is noted."""

from datetime import date

import pytest
from django.db import DatabaseError

from register.access.standing import SYSTEM
from register.domain.access_log import recording
from register.domain.billing import batch_file, downloads
from register.domain.billing.exporting import export
from register.exceptions import FileDamaged, FileUnavailable, NotAllowed
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject, ExportBatch
from register.models.access_log import Action
from register.models.billing import BatchState
from register.models.staff import Role
from tests.factories import ExportBatchFactory, ProcessorFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 31)


@pytest.fixture
def batch(settings, tmp_path):
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": tmp_path / "private"}
    ProcessorFactory()
    ServiceOrderFactory.create_batch(2, actual_end=date(2026, 6, 15))
    return export(today=TODAY, by=SYSTEM)


def logged_downloads():
    return AccessLogEntry.objects.filter(action=Action.DOWNLOAD)


def test_a_download_gives_the_file_and_notes_every_client(batch):
    user = staff(Role.BILLING)

    with downloads.open_file(batch=batch, by=user, today=TODAY) as file:
        assert file.read() == batch_file.path(batch.pk).read_bytes()

    entry = logged_downloads().get()
    assert (entry.actor, entry.purpose, entry.count) == (user.pk, Purpose.BILLING, 2)
    subjects = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert set(subjects) == set(batch.rows.values_list("order__client", flat=True))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BILLING])
def test_no_other_role_downloads_or_marks(batch, role):
    user = staff(role)
    with pytest.raises(NotAllowed):
        downloads.open_file(batch=batch, by=user, today=TODAY)
    with pytest.raises(NotAllowed):
        downloads.mark_received(batch=batch, seen=None, by=user, today=TODAY)
    assert not logged_downloads().exists()
    assert ExportBatch.objects.get().state == BatchState.WRITTEN


def test_billing_without_agreement_on_the_day_downloads_nothing(batch):
    user = staff(Role.BILLING, agreement_signed_on=date(2027, 1, 1))
    with pytest.raises(NotAllowed):
        downloads.open_file(batch=batch, by=user, today=TODAY)


def test_when_the_log_cannot_be_written_nothing_is_opened(batch, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(recording, "name_subjects", fail)
    with pytest.raises(DatabaseError):
        downloads.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)
    assert not logged_downloads().exists()


def test_a_file_that_is_not_the_one_that_was_made_is_not_given(batch):
    batch_file.path(batch.pk).write_text("changed")
    with pytest.raises(FileUnavailable):
        downloads.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)
    assert not logged_downloads().exists()


def test_a_missing_file_is_said_so(batch):
    batch_file.path(batch.pk).unlink()
    with pytest.raises(FileUnavailable):
        downloads.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)


@pytest.mark.parametrize("state", [BatchState.OPEN, BatchState.EXPIRED])
def test_a_batch_without_a_file_gives_none(batch, state):
    ExportBatch.objects.update(state=state)
    with pytest.raises(FileUnavailable):
        downloads.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)


def test_receipt_is_marked_once_and_logged_once(batch):
    user = staff(Role.BILLING)
    for day in (date(2026, 12, 30), TODAY):
        marked = downloads.mark_received(batch=batch, seen=None, by=user, today=day)
        assert (marked.state, marked.received_on) == (BatchState.RECEIVED, date(2026, 12, 30))
    entry = AccessLogEntry.objects.get(action=Action.CHANGE)
    assert (entry.actor, entry.model) == (user.pk, "register.ExportBatch")


def test_a_received_file_can_be_fetched_again(batch):
    user = staff(Role.BILLING)
    downloads.mark_received(batch=batch, seen=None, by=user, today=TODAY)
    downloads.open_file(batch=batch, by=user, today=TODAY).close()


def test_when_the_log_cannot_be_written_receipt_is_not_marked(batch, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(recording, "record", fail)
    with pytest.raises(DatabaseError):
        downloads.mark_received(batch=batch, seen=None, by=staff(Role.BILLING), today=TODAY)
    assert ExportBatch.objects.get().state == BatchState.WRITTEN


def test_a_batch_still_being_made_cannot_be_received():
    batch = ExportBatchFactory()
    with pytest.raises(FileUnavailable):
        downloads.mark_received(batch=batch, seen=None, by=staff(Role.BILLING), today=TODAY)


def test_receipt_can_be_noted_after_the_file_is_gone(batch):
    ExportBatch.objects.update(state=BatchState.EXPIRED)
    marked = downloads.mark_received(batch=batch, seen=None, by=staff(Role.BILLING), today=TODAY)
    assert (marked.state, marked.received_on) == (BatchState.EXPIRED, TODAY)


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_damaged_file_cannot_be_marked_as_received(batch, damage):
    file = batch_file.path(batch.pk)
    file.write_text("muutettu") if damage == "changed" else file.unlink()
    with pytest.raises(FileDamaged):
        downloads.mark_received(batch=batch, seen=None, by=staff(Role.BILLING), today=TODAY)
    batch.refresh_from_db()
    assert batch.received_on is None
