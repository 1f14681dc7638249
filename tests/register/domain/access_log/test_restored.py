"""R15: a restored database is recognised, whatever moment it comes from."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from register.access.standing import SYSTEM
from register.domain.access_log import restored
from register.domain.access_log.restored import Mismatch
from register.domain.billing import exporting
from register.domain.operations import heartbeat
from register.exceptions import NotTogether
from register.files import counter
from register.models import Client, ExportBatch, Heartbeat
from tests.factories import ProcessorFactory, ServiceOrderFactory, run_on

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)


def beat(times=1):
    for _ in range(times):
        heartbeat.beat(now=NOW)


def restore_dump_of(number):
    """As after `pg_restore`: the row as it was."""
    Heartbeat.objects.update(counter=number)


def test_a_new_installation_is_none():
    assert restored.mismatch() is None
    beat()
    assert restored.mismatch() is None
    assert (restored.inside_number(), counter.read()) == (1, 1)


def test_one_that_ran_before_there_was_a_counter_is_none():
    Heartbeat.objects.create(beat_at=NOW)
    assert restored.mismatch() is None
    beat()
    assert restored.mismatch() is None


@pytest.mark.parametrize(
    ("number", "found"),
    [
        *((number, Mismatch.DATABASE_OLDER) for number in (0, 7, 8)),
        *((number, None) for number in (9, 10, 11)),
        *((number, Mismatch.FOLDER_OLDER) for number in (12, 999)),
    ],
)
def test_more_than_a_step_apart_is_found(number, found):
    beat(10)
    restore_dump_of(number)
    assert restored.mismatch() is found


def test_an_empty_database_beside_a_folder_that_is_in_use_is_found():
    beat(10)
    Heartbeat.objects.all().delete()
    assert restored.mismatch() is Mismatch.DATABASE_OLDER


def test_a_folder_that_was_lost_or_is_another_is_found(private_dir):
    beat(3)
    (private_dir / "counter").unlink()
    assert restored.mismatch() is Mismatch.FOLDER_EMPTY


def test_a_counter_that_cannot_be_read_is_not_taken_for_none(private_dir):
    beat()
    (private_dir / "counter").write_text("§")
    assert restored.mismatch() is Mismatch.FOLDER_UNREADABLE


def test_heartbeats_do_not_wipe_the_traces(private_dir):
    beat(10)
    restore_dump_of(3)
    beat(20)
    assert (restored.inside_number(), counter.read()) == (3, 10)
    assert restored.mismatch() is Mismatch.DATABASE_OLDER
    assert Heartbeat.objects.get().beat_at == NOW


@given(st.lists(st.sampled_from(["beat", "killed between", "power cut", "disk full"]), max_size=30))
def test_what_breaks_off_at_any_point_never_looks_restored(events):
    """The oracle is the pair of numbers itself: never more than a step apart."""
    Heartbeat.objects.all().delete()
    counter.write(0)
    beat()
    for event in events:
        with pytest.MonkeyPatch.context() as patch:
            if event == "killed between":
                patch.setattr(counter, "write", killed)
            if event == "disk full":
                patch.setattr(counter, "write", full)
            with suppress(SystemExit):
                beat()
        if event == "power cut" and restored.inside_number() == counter.read():
            # The last commit of the database is lost, as with synchronous=NORMAL.
            Heartbeat.objects.update(counter=restored.inside_number() - 1)
        assert abs(restored.inside_number() - counter.read()) <= 1
        assert restored.mismatch() is None
    beat(2)
    assert restored.inside_number() == counter.read()


def killed(*args):
    raise SystemExit


def full(*args):
    raise OSError(28, "full")


def test_a_heartbeat_is_given_though_the_folder_is_not_to_be_written(private_dir):
    beat()
    Heartbeat.objects.update(beat_at=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counter, "write", full)
        beat()
    assert Heartbeat.objects.get().beat_at == NOW


def test_nothing_is_erased_or_billed_on_a_restored_database():
    ServiceOrderFactory(starts_on="2025-01-02", planned_end="2025-06-15")
    ProcessorFactory()
    beat(10)
    restore_dump_of(3)
    with pytest.raises(NotTogether, match="after_restore"):
        run_on(NOW.date())
    with pytest.raises(NotTogether, match="after_restore"):
        exporting.export(today=NOW.date(), by=SYSTEM)
    with pytest.raises(ImproperlyConfigured, match="after_restore"):
        restored.refuse()
    assert Client.objects.exists()
    assert not ExportBatch.objects.exists()


def test_brought_together_they_stay_so():
    beat(10)
    restore_dump_of(3)
    restored.bring_together(now=NOW)
    assert restored.mismatch() is None
    restored.show_outside()
    assert restored.inside_number() == counter.read() == 11
    beat()
    assert restored.mismatch() is None
