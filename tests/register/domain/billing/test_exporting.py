"""C24, C25: each billed service is exported exactly once, in a file that is whole or not there."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from register.access.standing import SYSTEM
from register.domain.billing import batch_file, exporting
from register.exceptions import NoRecipient, NotPromised
from register.models import AccessLogEntry, BookkeepingRow, ExportBatch
from register.models.billing import BatchState
from tests.factories import (
    BookkeepingRowFactory,
    ProcessorFactory,
    ServiceOrderFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)
ENDED = date(2026, 6, 15)


def order(**fields):
    return ServiceOrderFactory(**{"actual_end": ENDED, **fields})


def rows_of(batch) -> list[list[str]]:
    text = batch_file.path(batch.pk).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def lines_of(batch) -> list[list[str]]:
    return rows_of(batch)[1:]


def test_it_writes_one_line_per_billed_service():
    ProcessorFactory()
    billed = order(client__name="Testi Äyräpää", service__name="Uraohjaus", price=Decimal("99.90"))

    batch = exporting.export(today=TODAY, by=SYSTEM)

    row = BookkeepingRow.objects.get(order=billed)
    assert rows_of(batch) == [
        ["nimi", "sähköpostiosoite", "laskutettava palvelu"],
        ["Testi Äyräpää", billed.client.email, f"Uraohjaus | 06/2026 | 99,90 | {row.reference}"],
    ]
    assert (batch.state, batch.row_count, row.batch) == (BatchState.WRITTEN, 1, batch)


def test_the_file_s_encoding_is_a_setting(settings):
    settings.REGISTER = {**settings.REGISTER, "BILLING_FILE_ENCODING": "iso-8859-15"}
    ProcessorFactory()
    order(client__name="Testi Äyräpää")
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert "Testi Äyräpää".encode("iso-8859-15") in batch_file.path(batch.pk).read_bytes()


def test_a_misspelt_encoding_leaves_no_batch_open(settings):
    settings.REGISTER = {**settings.REGISTER, "BILLING_FILE_ENCODING": "utf8-sig"}
    ProcessorFactory()
    order()
    with pytest.raises(ImproperlyConfigured, match="BILLING_FILE_ENCODING"):
        exporting.export(today=TODAY, by=SYSTEM)
    assert not ExportBatch.objects.exists()
    assert not BookkeepingRow.objects.exists()


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
    assert exporting.export(today=TODAY, by=SYSTEM) is not None
    assert exporting.export(today=TODAY, by=SYSTEM) is None
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
    assert exporting.export(today=TODAY, by=SYSTEM) is None
    assert not ExportBatch.objects.exists()


def test_the_specification_is_never_in_the_file():
    ProcessorFactory()
    order(specification="Arkaluonteinen tarkennus")
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert "Arkaluonteinen" not in batch_file.path(batch.pk).read_text()


def test_it_refuses_without_a_recipient():
    billed = order()
    ProcessorFactory(active=False)
    ProcessorFactory(contract_valid_until=date(2026, 12, 30))
    ProcessorFactory(contract_signed_on=date(2027, 1, 1))
    ProcessorFactory(kind="mail")

    with pytest.raises(NoRecipient):
        exporting.export(today=TODAY, by=SYSTEM)
    assert not BookkeepingRow.objects.filter(order=billed).exists()
    assert not ExportBatch.objects.exists()
    assert not AccessLogEntry.objects.exists()


def test_without_anything_to_export_it_asks_for_no_recipient():
    assert exporting.export(today=TODAY, by=SYSTEM) is None


def test_a_contract_is_valid_on_its_last_day():
    ProcessorFactory(contract_valid_until=TODAY)
    order()
    assert exporting.export(today=TODAY, by=SYSTEM).state == BatchState.WRITTEN


def test_it_refuses_when_the_columns_are_not_those_of_the_notice(monkeypatch):
    ProcessorFactory()
    order()
    monkeypatch.setattr(exporting, "is_as_promised", lambda: False)
    with pytest.raises(NotPromised):
        exporting.export(today=TODAY, by=SYSTEM)
    assert not BookkeepingRow.objects.exists()


def test_rows_of_erased_clients_are_exported_and_then_lose_their_email():
    ProcessorFactory()
    of_erased = BookkeepingRowFactory(email="poistunut@example.org")
    present = order()

    batch = exporting.export(today=TODAY, by=SYSTEM)

    assert {line[1] for line in lines_of(batch)} == {"poistunut@example.org", present.client.email}
    of_erased.refresh_from_db()
    assert (of_erased.batch, of_erased.email) == (batch, "")
    assert present.bookkeeping_row.email == present.client.email


def test_a_killed_export_does_not_lose_the_email_of_an_erased_client(monkeypatch):
    ProcessorFactory()
    BookkeepingRowFactory(email="poistunut@example.org")

    def stop(target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(batch_file, "put_in_place", stop)
        with pytest.raises(KeyboardInterrupt):
            exporting.export(today=TODAY, by=SYSTEM)

    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert [line[1] for line in lines_of(batch)] == ["poistunut@example.org"]


def test_it_stops_when_the_time_is_over_and_goes_on_next_time(monkeypatch):
    monkeypatch.setattr(exporting, "SLICE_ROWS", 2)
    ProcessorFactory()
    orders = [order() for _ in range(7)]
    BookkeepingRowFactory.create_batch(3)

    moments = iter(range(100))
    monkeypatch.setattr(exporting.time, "monotonic", lambda: next(moments))
    first = exporting.export(today=TODAY, by=SYSTEM, until=3)
    claimed = BookkeepingRow.objects.filter(batch=first).count()
    assert first.state == BatchState.OPEN
    assert 0 < claimed < 10
    assert not batch_file.path(first.pk).exists()

    again = exporting.export(today=TODAY, by=SYSTEM)
    assert (again.pk, again.state, again.attempts) == (first.pk, BatchState.WRITTEN, 2)
    assert len(lines_of(again)) == len(orders) + 3


def test_no_file_is_made_on_the_last_day_of_january_and_the_next_day_takes_all():
    """O5: a file of that day would have to be removed on it."""
    ProcessorFactory()
    order(actual_end=date(2027, 1, 2))
    assert exporting.export(today=date(2027, 1, 31), by=SYSTEM) is None
    assert not ExportBatch.objects.exists()
    assert exporting.export(today=date(2027, 2, 1), by=SYSTEM).row_count == 1
