"""`manage.py export_billing` says what it did, or why it did nothing."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from register.domain.billing import exporting
from register.models import BookkeepingRow, ExportBatch
from tests.factories import ProcessorFactory, ServiceOrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def run(capsys, *arguments: str) -> str:
    call_command("export_billing", *arguments)
    return capsys.readouterr().out.strip()


def test_it_names_the_batch_and_the_number_of_lines(capsys):
    ProcessorFactory()
    ServiceOrderFactory.create_batch(2, actual_end=date(2026, 6, 15))
    output = run(capsys, "--today", "2026-06-20")
    assert output == f"Export batch {ExportBatch.objects.get()}: 2 billed services."


def test_it_exports_as_of_the_day_it_is_told(capsys):
    ProcessorFactory()
    ServiceOrderFactory(actual_end=date(2026, 6, 15))
    assert run(capsys, "--today", "2026-06-14") == "Nothing to export."


def test_without_a_recipient_it_refuses():
    ServiceOrderFactory(actual_end=date(2026, 6, 15))
    with pytest.raises(CommandError, match="No finance provider is in use"):
        call_command("export_billing", "--today", "2026-06-20")


def test_other_columns_than_promised_are_refused(monkeypatch):
    monkeypatch.setattr(exporting, "is_as_promised", lambda: False)
    with pytest.raises(CommandError, match="what the notice promises"):
        call_command("export_billing")


@pytest.mark.parametrize("typed", ["", "yesterday", "2026-02-30", "31.12.2026", "2026-6-1"])
def test_an_unknown_day_is_refused(typed):
    with pytest.raises(CommandError, match="is not a day"):
        call_command("export_billing", "--today", typed)


def test_a_future_day_is_refused():
    ProcessorFactory()
    ServiceOrderFactory(actual_end=date(2026, 6, 15))
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(CommandError, match="is in the future"):
        call_command("export_billing", "--today", tomorrow.isoformat())
    assert not BookkeepingRow.objects.exists()
