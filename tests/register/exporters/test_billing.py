"""C24, C25: each billed service leaves exactly once, in a file that is whole or not there."""

import csv
import hashlib
import io
import stat
import time
from datetime import date
from decimal import Decimal

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError

from register.domain import access_log, billing, bookkeeping
from register.enums import Action, BatchState, Purpose
from register.exceptions import NoRecipient, NotPromised
from register.exporters import billing as exporter
from register.exporters import billing_file
from register.models import AccessLogEntry, AccessLogSubject, BookkeepingRow, ExportBatch
from tests.factories import (
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)
ENDED = date(2026, 6, 15)


def order(**fields):
    return ServiceOrderFactory(**{"actual_end": ENDED, **fields})


def rows_of(batch) -> list[list[str]]:
    text = billing.file_of(batch).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def lines_of(batch) -> list[list[str]]:
    return rows_of(batch)[1:]


def test_it_writes_one_line_per_billed_service():
    ProcessorFactory()
    billed = order(client__name="Testi Äyräpää", service__name="Uraohjaus", price=Decimal("99.90"))

    batch = exporter.export(today=TODAY)

    row = BookkeepingRow.objects.get(order=billed)
    assert rows_of(batch) == [
        ["nimi", "sähköpostiosoite", "laskutettava palvelu"],
        ["Testi Äyräpää", billed.client.email, f"Uraohjaus | 06/2026 | 99,90 | {row.reference}"],
    ]
    assert (batch.state, batch.row_count, row.batch) == (BatchState.WRITTEN, 1, batch)


def test_the_fingerprint_is_that_of_the_file():
    ProcessorFactory()
    order()
    batch = exporter.export(today=TODAY)
    assert batch.sha256 == hashlib.sha256(billing.file_of(batch).read_bytes()).hexdigest()


def test_the_file_is_for_the_owner_only_outside_the_web_root_and_tells_nothing_by_its_name(
    settings, private_dir
):
    ProcessorFactory()
    order(client__name="Testi Nimetön")
    batch = exporter.export(today=TODAY)

    file = billing.file_of(batch)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(private_dir.stat().st_mode) == 0o700
    assert not file.is_relative_to(settings.MEDIA_ROOT)
    assert file.name == f"{batch.pk}.txt"
    assert sorted(path.name for path in file.parent.iterdir()) == [".lock", file.name]


@pytest.mark.parametrize("served", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_a_private_folder_that_is_served_fails_the_check(settings, served, tmp_path):
    setattr(settings, served, tmp_path)
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": tmp_path / "private"}
    assert "register.E021" in [problem.id for problem in run_checks(tags=["register"])]


def test_the_shipped_private_folder_passes_the_check():
    assert "register.E021" not in [problem.id for problem in run_checks(tags=["register"])]


def test_the_second_export_has_nothing_to_export():
    ProcessorFactory()
    order()
    assert exporter.export(today=TODAY) is not None
    assert exporter.export(today=TODAY) is None
    assert BookkeepingRow.objects.count() == ExportBatch.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"price": Decimal(0)},
        {"actual_end": None, "planned_end": TODAY},
        {"actual_end": date(2027, 1, 1), "planned_end": date(2027, 1, 1)},
    ],
    ids=["no price", "still valid today", "ends in the future"],
)
def test_it_leaves_out_what_is_not_billable(fields):
    ProcessorFactory()
    order(**fields)
    assert exporter.export(today=TODAY) is None
    assert not ExportBatch.objects.exists()


def test_the_specification_is_never_in_the_file():
    ProcessorFactory()
    order(specification="Arkaluonteinen tarkennus")
    batch = exporter.export(today=TODAY)
    assert "Arkaluonteinen" not in billing.file_of(batch).read_text()


def test_it_refuses_without_a_recipient():
    billed = order()
    ProcessorFactory(active=False)
    ProcessorFactory(contract_valid_until=date(2026, 12, 30))
    ProcessorFactory(contract_signed_on=date(2027, 1, 1))
    ProcessorFactory(kind="mail")

    with pytest.raises(NoRecipient):
        exporter.export(today=TODAY)
    assert not BookkeepingRow.objects.filter(order=billed).exists()
    assert not ExportBatch.objects.exists()
    assert not AccessLogEntry.objects.exists()


def test_without_anything_to_export_it_asks_for_no_recipient():
    assert exporter.export(today=TODAY) is None


def test_a_contract_is_valid_on_its_last_day():
    ProcessorFactory(contract_valid_until=TODAY)
    order()
    assert exporter.export(today=TODAY).state == BatchState.WRITTEN


def test_a_batch_left_open_is_not_written_once_the_contract_has_ended():
    provider = ProcessorFactory()
    order()
    batch = exporter.export(today=TODAY, until=time.monotonic() - 1)
    provider.active = False
    provider.save()

    with pytest.raises(NoRecipient):
        exporter.export(today=TODAY)
    assert not billing.file_of(batch).exists()


def test_a_batch_left_open_goes_to_the_provider_who_has_the_contract_now():
    former = ProcessorFactory(contract_valid_until=TODAY)
    order()
    ExportBatchFactory(recipient=former)
    exporter.export(today=TODAY, until=time.monotonic() - 1)
    now = ProcessorFactory(contract_signed_on=date(2026, 12, 1))

    batch = exporter.export(today=date(2027, 1, 2))

    assert batch.recipient == now
    assert AccessLogEntry.objects.filter(recipient=now.pk).exists()


def test_it_logs_the_disclosure_with_recipient_purpose_and_each_client_once():
    provider = ProcessorFactory()
    client = ClientFactory()
    orders = [order(client=client), order(client=client), order()]
    user = staff()

    exporter.export(today=TODAY, by=user)

    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.purpose, entry.recipient, entry.actor, entry.count) == (
        Action.DISCLOSE,
        Purpose.BILLING,
        provider.pk,
        user.pk,
        3,
    )
    subjects = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert sorted(subjects) == sorted({order.client_id for order in orders})


def test_when_the_disclosure_cannot_be_logged_nothing_is_claimed(monkeypatch):
    ProcessorFactory()
    order()

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(access_log, "name_subjects", fail)
    with pytest.raises(DatabaseError):
        exporter.export(today=TODAY)
    assert not BookkeepingRow.objects.exists()
    assert not AccessLogEntry.objects.exists()


def test_it_refuses_when_the_columns_are_not_those_of_the_notice(monkeypatch):
    ProcessorFactory()
    order()
    monkeypatch.setattr(exporter, "is_as_promised", lambda: False)
    with pytest.raises(NotPromised):
        exporter.export(today=TODAY)
    assert not BookkeepingRow.objects.exists()


def test_rows_of_clients_who_are_gone_are_exported_and_then_lose_their_email():
    ProcessorFactory()
    gone = BookkeepingRowFactory(email="poistunut@example.org")
    stays = order()

    batch = exporter.export(today=TODAY)

    assert {line[1] for line in lines_of(batch)} == {"poistunut@example.org", stays.client.email}
    gone.refresh_from_db()
    assert (gone.batch, gone.email) == (batch, "")
    assert stays.bookkeeping_row.email == stays.client.email


def test_a_killed_export_does_not_lose_the_email_of_who_is_gone(monkeypatch):
    ProcessorFactory()
    BookkeepingRowFactory(email="poistunut@example.org")

    def stop(target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(exporter, "put_in_place", stop)
        with pytest.raises(KeyboardInterrupt):
            exporter.export(today=TODAY)

    batch = exporter.export(today=TODAY)
    assert [line[1] for line in lines_of(batch)] == ["poistunut@example.org"]


def test_it_stops_when_the_time_is_over_and_goes_on_next_time(monkeypatch):
    monkeypatch.setattr(exporter, "SLICE_ROWS", 2)
    ProcessorFactory()
    orders = [order() for _ in range(7)]
    BookkeepingRowFactory.create_batch(3)

    moments = iter(range(100))
    monkeypatch.setattr(exporter.time, "monotonic", lambda: next(moments))
    first = exporter.export(today=TODAY, until=3)
    claimed = BookkeepingRow.objects.filter(batch=first).count()
    assert first.state == BatchState.OPEN
    assert 0 < claimed < 10
    assert not billing.file_of(first).exists()

    again = exporter.export(today=TODAY)
    assert (again.pk, again.state, again.attempts) == (first.pk, BatchState.WRITTEN, 2)
    assert len(lines_of(again)) == len(orders) + 3


def test_a_batch_is_made_on_the_day_its_file_is():
    ProcessorFactory()
    order()
    exporter.export(today=date(2027, 1, 30), until=time.monotonic() - 1)
    assert exporter.export(today=date(2027, 2, 1)).made_on == date(2027, 2, 1)


def test_what_another_process_takes_while_it_is_claimed_is_claimed_again(monkeypatch):
    ProcessorFactory()
    orders = [order() for _ in range(3)]
    enter = bookkeeping.enter

    def overtaken(rows, **kwargs):
        monkeypatch.setattr(bookkeeping, "enter", enter)
        return enter(rows, **kwargs) - 1

    monkeypatch.setattr(bookkeeping, "enter", overtaken)
    batch = exporter.export(today=TODAY)
    assert {row.order for row in batch.rows.all()} == set(orders)
    assert AccessLogEntry.objects.count() == 1


def test_every_slice_size_exports_each_service_exactly_once(monkeypatch):
    ProcessorFactory()
    service = ServiceFactory()
    for size in (1, 2, 3, 5, 6):
        monkeypatch.setattr(exporter, "SLICE_ROWS", size)
        orders = [order(service=service) for _ in range(5)]
        batch = exporter.export(today=TODAY)
        assert {row.order for row in batch.rows.all()} == set(orders)
        assert len(lines_of(batch)) == 5


def test_an_open_batch_without_rows_is_dropped():
    batch = ExportBatchFactory(recipient=ProcessorFactory())
    assert exporter.export(today=TODAY) is None
    assert not ExportBatch.objects.filter(pk=batch.pk).exists()


def test_another_format_gets_the_same_lines_and_no_more():
    ProcessorFactory()
    order()
    seen = []

    class Counting:
        def write(self, rows):
            for row in rows:
                seen.append(row)
                yield b"x"

    batch = exporter.export(today=TODAY, form=Counting())
    assert billing.file_of(batch).read_bytes() == b"x"
    assert [type(row) for row in seen] == [billing_file.Line]
