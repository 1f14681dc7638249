"""C24, C40: a batch from its opening to its file, and to whom it goes."""

import time
from datetime import date

import pytest

from register.access.standing import SYSTEM
from register.domain.billing import batch_file, batches, claims, exporting
from register.domain.billing.batch_file import Written
from register.exceptions import NoRecipient
from register.exporters.billing_file import DelimitedFile
from register.models import AccessLogEntry, AccessLogSubject, ExportBatch
from register.models.billing import BatchState
from register.models.staff import Role
from tests.factories import ExportBatchFactory, ProcessorFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)


def order(**fields):
    return ServiceOrderFactory(**{"actual_end": date(2026, 6, 15), **fields})


def test_a_batch_left_open_is_not_written_once_the_contract_has_ended():
    provider = ProcessorFactory()
    order()
    batch = exporting.export(today=TODAY, by=SYSTEM, until=time.monotonic() - 1)
    provider.active = False
    provider.save()

    with pytest.raises(NoRecipient):
        exporting.export(today=TODAY, by=SYSTEM)
    assert not batch_file.path(batch.pk).exists()


def test_a_batch_left_open_goes_to_the_provider_who_has_the_contract_now():
    former = ProcessorFactory(contract_valid_until=TODAY)
    order()
    ExportBatchFactory(recipient=former)
    exporting.export(today=TODAY, by=SYSTEM, until=time.monotonic() - 1)
    now = ProcessorFactory(contract_signed_on=date(2026, 12, 1))

    batch = exporting.export(today=date(2027, 1, 2), by=SYSTEM)

    assert batch.recipient == now
    assert AccessLogEntry.objects.filter(recipient=now.pk).exists()


def test_what_was_claimed_for_a_former_provider_is_logged_as_disclosed_to_the_new_one():
    former = ProcessorFactory(contract_valid_until=TODAY)
    billed = order()
    claims.claim(batches.open_batch(today=TODAY, by=SYSTEM), today=TODAY, by=SYSTEM, size=10)
    now = ProcessorFactory(contract_signed_on=date(2026, 12, 1))
    clerk = staff(Role.BILLING)

    batch = batches.open_batch(today=date(2027, 1, 2), by=clerk)

    entries = AccessLogEntry.objects.order_by("pk")
    assert [entry.recipient for entry in entries] == [former.pk, now.pk]
    assert (entries[1].actor, entries[1].count, batch.recipient) == (clerk.pk, 1, now)
    assert [subject.client for subject in AccessLogSubject.objects.filter(entry=entries[1].pk)] == [
        billed.client_id
    ]


def test_a_batch_knows_who_opened_it_and_how_often_it_was_begun():
    ProcessorFactory()
    order()
    clerk = staff(Role.BILLING)
    opened = batches.open_batch(today=TODAY, by=clerk)
    again = batches.open_batch(today=TODAY, by=SYSTEM)
    assert (again, again.made_by_id, again.attempts) == (opened, clerk.pk, 2)


def test_a_batch_is_open_until_it_is_written():
    provider = ProcessorFactory()
    ended = ExportBatchFactory(recipient=provider, state=BatchState.WRITTEN)
    order()
    batch = batches.open_batch(today=TODAY, by=SYSTEM)
    assert batches.is_open(batch)
    assert not batches.is_open(ended)


def test_a_file_is_put_in_place_once_and_only_when_it_is_whole():
    ProcessorFactory()
    order()
    batch = batches.open_batch(today=TODAY, by=SYSTEM)
    claims.claim(batch, today=TODAY, by=SYSTEM, size=10)
    with batch_file.writing():
        written = batch_file.write(batch, DelimitedFile("utf-8-sig"))
        assert not batches.finish(batch, Written(2, written.sha256), today=TODAY)
        assert batches.is_open(batch)
        assert batches.finish(batch, written, today=TODAY)
        assert not batches.finish(batch, written, today=TODAY)


def test_a_batch_is_made_on_the_day_its_file_is():
    ProcessorFactory()
    order()
    exporting.export(today=date(2027, 1, 30), by=SYSTEM, until=time.monotonic() - 1)
    assert exporting.export(today=date(2027, 2, 1), by=SYSTEM).made_on == date(2027, 2, 1)


def test_an_open_batch_without_rows_is_dropped():
    batch = ExportBatchFactory(recipient=ProcessorFactory())
    assert exporting.export(today=TODAY, by=SYSTEM) is None
    assert not ExportBatch.objects.filter(pk=batch.pk).exists()
