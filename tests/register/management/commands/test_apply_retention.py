"""`manage.py apply_retention`: plain words, and no look ahead that changes anything."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from register.domain.retention import runs
from register.models import Client
from tests.factories import ServiceOrderFactory, list_of_last_evening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_it_says_what_it_did(capsys):
    ServiceOrderFactory(planned_end=date(2026, 1, 2), price=0)
    call_command("apply_retention", dry_run=True, today="2027-01-01")
    said = capsys.readouterr().out
    assert "Dry run: nothing was changed." in said
    assert "Clients erased: 1" in said
    assert Client.objects.exists()


def test_without_a_date_it_is_today():
    order = ServiceOrderFactory(starts_on=date(2020, 1, 1), planned_end=date(2020, 1, 2), price=0)
    list_of_last_evening(timezone.localdate())
    call_command("apply_retention")
    assert not Client.objects.filter(pk=order.client_id).exists()


@pytest.mark.parametrize("typed", ["tomorrow", "1.1.2027", "2027-02-30", "", "2027-13-01"])
def test_an_unknown_date_is_refused_in_plain_words(typed):
    with pytest.raises(CommandError, match="is not a date"):
        call_command("apply_retention", today=typed)


def test_only_a_dry_run_looks_ahead():
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(CommandError, match="in the future"):
        call_command("apply_retention", today=tomorrow.isoformat())
    call_command("apply_retention", today=tomorrow.isoformat(), dry_run=True)


def test_it_fails_aloud_when_somebody_was_passed_over(monkeypatch):
    ServiceOrderFactory(starts_on=date(2020, 1, 1), planned_end=date(2020, 1, 2), price=0)
    list_of_last_evening(timezone.localdate())

    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(runs.engine, "erase", fail)
    with pytest.raises(CommandError, match="1 clients were passed over"):
        call_command("apply_retention")
