"""The erasure ledger: outside the database, whole lines, opaque keys and dates only."""

import json
from datetime import date

import pytest

from register.domain import ledger, retention
from register.models import Erasure, ErasureRecord
from tests.factories import ServiceOrderFactory

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def private_dir(settings, tmp_path):
    settings.REGISTER = settings.REGISTER | {"PRIVATE_DIR": tmp_path / "private"}
    return tmp_path / "private"


def lines() -> list[dict]:
    return [json.loads(line) for line in ledger.path().read_text().splitlines() if line]


def erase_one():
    order = ServiceOrderFactory(planned_end=date(2026, 6, 1), price=0)
    retention.apply(today=NEW_YEAR)
    return order


def test_an_erasure_is_in_the_ledger_when_the_run_is_done():
    order = erase_one()
    assert sorted(lines(), key=lambda line: line["unit"]) == [
        {"erased": str(order.client_id), "unit": "client", "on": "2027-01-01"},
        {"erased": str(order.pk), "unit": "order", "on": "2027-01-01"},
    ]
    assert not Erasure.objects.filter(in_ledger=False).exists()


def test_only_we_can_read_it():
    erase_one()
    assert ledger.path().stat().st_mode & 0o777 == 0o600
    assert ledger.path().parent.stat().st_mode & 0o777 == 0o700


def test_what_a_killed_run_left_is_copied_by_the_next(monkeypatch):
    def killed(records):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "append", killed)
        with pytest.raises(SystemExit):
            erase_one()
    assert ErasureRecord.objects.filter(erasure__in_ledger=False).count() == 2

    retention.apply(today=date(2027, 1, 2))
    assert len(lines()) == 2


def test_a_line_cut_short_does_not_eat_the_next():
    erase_one()
    with ledger.path().open("a") as file:
        file.write('{"erased": "0000')
    second = erase_one()
    assert (
        str(second.pk)
        in ledger.path().read_text().splitlines()[-1] + (ledger.path().read_text().splitlines()[-2])
    )


def test_a_dry_run_writes_nothing():
    ServiceOrderFactory(planned_end=date(2026, 6, 1), price=0)
    retention.apply(today=NEW_YEAR, dry=True)
    assert not ledger.path().exists()
    assert not ErasureRecord.objects.exists()
