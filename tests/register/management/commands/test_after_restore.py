"""`manage.py after_restore`: in plain Finnish, and never beside a running worker."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from register.domain.access_log import restored
from register.domain.operations import heartbeat
from register.files import counter
from register.tasks.supervision import supervising

pytestmark = pytest.mark.django_db


@pytest.fixture
def restored_dump():
    heartbeat.beat(now=timezone.now())
    counter.write(99)


def test_where_nothing_was_restored_there_is_nothing_to_do(capsys):
    heartbeat.beat(now=timezone.now())
    call_command("after_restore")
    assert "ei ole palautettu" in capsys.readouterr().out
    assert counter.read() == 1


def test_it_tells_what_it_did_in_finnish(restored_dump, capsys):
    call_command("after_restore")
    told = capsys.readouterr().out
    assert "Uudelleen poistettuja asiakkaita: 0" in told
    assert "Valmis." in told
    assert restored.mismatch() is None


def test_a_dry_run_says_so_and_not_that_it_is_done(restored_dump, capsys):
    call_command("after_restore", dry_run=True)
    told = capsys.readouterr().out
    assert "Koeajo" in told
    assert "Valmis" not in told
    assert restored.mismatch()


def test_it_waits_for_no_worker_and_lets_none_start_meanwhile(restored_dump, monkeypatch):
    with supervising(), pytest.raises(CommandError, match="pysäytä"):
        call_command("after_restore")
    assert restored.mismatch()

    def start_a_worker(**kwargs):
        with supervising() as alone:
            assert not alone
        raise AssertionError("reached")

    monkeypatch.setattr("register.domain.operations.after_restore.run", start_a_worker)
    with pytest.raises(AssertionError, match="reached"):
        call_command("after_restore", traceback=True)


def test_it_can_be_run_anyway(capsys):
    heartbeat.beat(now=timezone.now())
    call_command("after_restore", anyway=True)
    assert "Valmis." in capsys.readouterr().out
