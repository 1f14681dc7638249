"""The erasure ledger: outside the database, whole lines, opaque keys and dates only."""

import json
from datetime import date

import pytest

from register.domain.erasure import engine, ledger
from register.models import Client, Erasure, ErasureRecord
from tests.factories import ServiceOrderFactory, run_on

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
    run_on(NEW_YEAR)
    return order


def test_an_erasure_is_announced_and_confirmed_when_the_run_is_done():
    order = erase_one()
    act = str(Erasure.objects.get().act)
    *announced, confirmed = lines()
    assert sorted(announced, key=lambda line: line["unit"]) == [
        {"act": act, "erased": str(order.client_id), "unit": "client", "on": "2027-01-01"},
        {"act": act, "erased": str(order.pk), "unit": "order", "on": "2027-01-01"},
    ]
    assert confirmed == {"done": act}
    assert not Erasure.objects.filter(in_ledger=False).exists()


def test_only_we_can_read_it():
    erase_one()
    assert ledger.path().stat().st_mode & 0o777 == 0o600
    assert ledger.path().parent.stat().st_mode & 0o777 == 0o700


def test_where_no_line_can_be_written_nothing_is_erased(private_dir):
    """R15: with a full disk 1,500 clients were erased once beside a ledger of 0 bytes."""
    private_dir.mkdir()
    ledger.path().symlink_to("/dev/full")
    orders = [ServiceOrderFactory(planned_end=date(2026, 6, 1), price=0) for _ in range(3)]

    run = run_on(NEW_YEAR)

    assert Client.objects.count() == len(orders)
    assert (run.finished_at, run.passes, run.steps_failed, run.clients_failed) == (None, 1, 1, 0)

    ledger.path().unlink()
    again = run_on(NEW_YEAR)
    assert (again.pk, again.finished_at is None) == (run.pk, False)
    assert not Client.objects.exists()


def test_an_act_that_a_killed_run_left_unconfirmed_is_confirmed_by_the_next(monkeypatch):
    def killed(acts):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "confirm", killed)
        with pytest.raises(SystemExit):
            erase_one()
    assert ErasureRecord.objects.filter(erasure__in_ledger=False).count() == 2
    assert not [line for line in lines() if "done" in line]

    run_on(date(2027, 1, 2))
    assert lines()[-1] == {"done": str(Erasure.objects.get().act)}


def test_an_act_that_was_rolled_back_is_never_confirmed(monkeypatch):
    def fail(*args):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_record", fail)
        erase_one()
    assert Client.objects.exists()
    assert lines()
    assert not [line for line in lines() if "done" in line]


def test_a_line_cut_short_does_not_eat_the_next():
    erase_one()
    with ledger.path().open("a") as file:
        file.write('{"act": "0000')
    second = erase_one()
    whole = [line for line in ledger.path().read_text().splitlines() if line.endswith("}")]
    assert [line for line in whole if str(second.pk) in json.loads(line).values()]


def test_a_dry_run_writes_nothing():
    ServiceOrderFactory(planned_end=date(2026, 6, 1), price=0)
    run_on(NEW_YEAR, dry=True)
    assert not ledger.path().exists()
    assert not ErasureRecord.objects.exists()
