"""C24, C33, C38: the billing role fetches the file, and every client in it is noted."""

from datetime import date

import pytest
from django.db import DatabaseError

from register.domain import access_log, billing
from register.enums import Action, BatchState, Purpose, Role
from register.exceptions import FileUnavailable, NotAllowed
from register.exporters.billing import export
from register.models import AccessLogEntry, AccessLogSubject, ExportBatch
from tests.factories import ExportBatchFactory, ProcessorFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 31)


@pytest.fixture
def batch(settings, tmp_path):
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": tmp_path / "private"}
    ProcessorFactory()
    ServiceOrderFactory.create_batch(2, actual_end=date(2026, 6, 15))
    return export(today=TODAY)


def downloads():
    return AccessLogEntry.objects.filter(action=Action.DOWNLOAD)


def test_a_download_gives_the_file_and_notes_every_client(batch):
    user = staff(Role.BILLING)

    with billing.open_file(batch=batch, by=user, today=TODAY) as file:
        assert file.read() == billing.file_of(batch).read_bytes()

    entry = downloads().get()
    assert (entry.actor, entry.purpose, entry.count) == (user.pk, Purpose.BILLING, 2)
    subjects = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert set(subjects) == set(batch.rows.values_list("order__client", flat=True))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BILLING])
def test_no_other_role_downloads_or_marks(batch, role):
    user = staff(role)
    with pytest.raises(NotAllowed):
        billing.open_file(batch=batch, by=user, today=TODAY)
    with pytest.raises(NotAllowed):
        billing.mark_received(batch=batch, by=user, today=TODAY)
    assert not downloads().exists()
    assert ExportBatch.objects.get().state == BatchState.WRITTEN


def test_billing_without_agreement_on_the_day_downloads_nothing(batch):
    user = staff(Role.BILLING, agreement_signed_on=date(2027, 1, 1))
    with pytest.raises(NotAllowed):
        billing.open_file(batch=batch, by=user, today=TODAY)


def test_when_the_log_cannot_be_written_nothing_is_opened(batch, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(access_log, "name_subjects", fail)
    with pytest.raises(DatabaseError):
        billing.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)
    assert not downloads().exists()


def test_a_file_that_is_not_the_one_that_was_made_is_not_given(batch):
    billing.file_of(batch).write_text("changed")
    with pytest.raises(FileUnavailable):
        billing.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)
    assert not downloads().exists()


def test_a_missing_file_is_said_so(batch):
    billing.file_of(batch).unlink()
    with pytest.raises(FileUnavailable):
        billing.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)


@pytest.mark.parametrize("state", [BatchState.OPEN, BatchState.EXPIRED])
def test_a_batch_without_a_file_gives_none(batch, state):
    ExportBatch.objects.update(state=state)
    with pytest.raises(FileUnavailable):
        billing.open_file(batch=batch, by=staff(Role.BILLING), today=TODAY)


def test_receipt_is_marked_once_and_logged_once(batch):
    user = staff(Role.BILLING)
    for day in (date(2026, 12, 30), TODAY):
        marked = billing.mark_received(batch=batch, by=user, today=day)
        assert (marked.state, marked.received_on) == (BatchState.RECEIVED, date(2026, 12, 30))
    entry = AccessLogEntry.objects.get(action=Action.CHANGE)
    assert (entry.actor, entry.model) == (user.pk, "register.ExportBatch")


def test_a_received_file_can_be_fetched_again(batch):
    user = staff(Role.BILLING)
    billing.mark_received(batch=batch, by=user, today=TODAY)
    billing.open_file(batch=batch, by=user, today=TODAY).close()


def test_when_the_log_cannot_be_written_receipt_is_not_marked(batch, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(access_log, "record", fail)
    with pytest.raises(DatabaseError):
        billing.mark_received(batch=batch, by=staff(Role.BILLING), today=TODAY)
    assert ExportBatch.objects.get().state == BatchState.WRITTEN


def test_a_batch_still_being_made_cannot_be_received():
    batch = ExportBatchFactory()
    with pytest.raises(FileUnavailable):
        billing.mark_received(batch=batch, by=staff(Role.BILLING), today=TODAY)


def test_receipt_can_be_noted_after_the_file_is_gone(batch):
    ExportBatch.objects.update(state=BatchState.EXPIRED)
    marked = billing.mark_received(batch=batch, by=staff(Role.BILLING), today=TODAY)
    assert (marked.state, marked.received_on) == (BatchState.EXPIRED, TODAY)
