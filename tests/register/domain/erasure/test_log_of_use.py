"""C38, O8: the log of use ends by the owner's clock, in whole sealed segments, and stays proven."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.log_actions import log

from register.domain.access_log import sealing, verifying
from register.domain.access_log.verifying import Problem, Wrong
from register.domain.erasure import engine, log_of_use
from register.exceptions import DayInDoubt
from register.files import checkpoints
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    Heartbeat,
    RegisterLogEntry,
    Seal,
)
from register.models.access_log import SealKind
from register.reference.clock import local, years_before
from tests.factories import ClientFactory
from tests.register.domain.access_log.conftest import all_final  # noqa: F401
from tests.register.domain.access_log.sealed import lifted, sql, used

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_final")]
NOW = timezone.now()
TODAY = local(NOW).date()
# The owner's five years: what was used on this day is the first to be kept.
FIRST = timezone.make_aware(datetime.combine(years_before(TODAY, 5), time.min))
OLD = FIRST - timedelta(minutes=1)


def put_at(moment, key):
    at = AccessLogEntry._meta.get_field("at").get_db_prep_value(moment, connection)
    with lifted():
        sql("UPDATE register_accesslogentry SET at = %s WHERE id = %s", at, key)


def segment(moment, rows=2, sealed_at=None):
    """Add a seal of rows that were used at the moment."""
    client = ClientFactory()
    for _row in range(rows):
        put_at(moment, used(client).pk)
    sealing.seal_rows(now=lambda: sealed_at or moment, until=math.inf)


def end(today=TODAY):
    return log_of_use.erase_outlived(today=today, now=lambda: NOW, until=math.inf)


def positions():
    return list(Seal.objects.values_list("position", "kind"))


def proven():
    sealing.seal_rows(now=lambda: NOW, until=math.inf)
    return verifying.verify().problem is None


def test_whole_segments_from_the_beginning_on_are_erased_and_the_rest_is_proven():
    segment(OLD), segment(OLD), segment(FIRST)
    assert end() == 4
    assert positions() == [(3, "rows"), (4, "erased")]
    seal = Seal.objects.get(kind=SealKind.ERASED)
    assert (seal.count, seal.replaced) == (4, 2)
    assert checkpoints.newest() == (4, seal.head)
    assert AccessLogEntry.objects.filter(seal=3).count() == 2
    assert AccessLogSubject.objects.count() == 2
    entry = AccessLogEntry.objects.get(view="log_retention")
    assert (entry.object_key, entry.count, entry.actor) == ("4", 4, None)
    assert proven()
    call_command("verify_access_log")


def test_it_is_done_once():
    segment(OLD), segment(FIRST)
    assert (end(), end()) == (2, 0)
    assert len(positions()) == 2


def test_the_owner_s_setting_decides(settings):
    segment(OLD)
    settings.REGISTER = {**settings.REGISTER, "LOG_YEARS": 6}
    assert end() == 0
    settings.REGISTER = {**settings.REGISTER, "LOG_YEARS": 5}
    assert end() == 2


def test_a_segment_with_one_row_that_is_not_over_is_kept_and_all_after_it():
    segment(OLD)
    put_at(FIRST, used(ClientFactory()).pk)
    segment(OLD)
    segment(OLD)
    assert end() == 2
    assert [position for position, _kind in positions()] == [2, 3, 4]
    assert proven()


def test_what_was_sealed_later_is_kept_until_then():
    segment(OLD, sealed_at=FIRST)
    assert end() == 0


def test_what_is_not_sealed_is_never_erased():
    segment(OLD)
    entry = used(ClientFactory())
    put_at(OLD, entry.pk)
    assert end() == 2
    assert AccessLogEntry.objects.filter(pk=entry.pk).exists()


def test_the_seal_of_a_restore_is_kept_and_proven():
    segment(OLD)
    sealing.seal_restore(now=OLD)
    segment(OLD), segment(FIRST)
    assert end() == 4
    assert positions() == [(2, "restore"), (4, "rows"), (5, "erased")]
    assert proven()
    with lifted():
        sql("UPDATE register_seal SET replaced = 7 WHERE position = 2")
    assert verifying.verify().problem == Problem(Wrong.SEAL_CHANGED, 2)


def test_it_goes_on_year_after_year(settings):
    for years in range(3):
        segment(OLD + timedelta(days=360 * years))
    for years in range(3):
        assert end(TODAY + timedelta(days=366 * years)) == 2
        assert proven()
    ends = Seal.objects.filter(kind=SealKind.ERASED)
    assert list(ends.values_list("replaced", flat=True))[-1] == 3


def test_a_batch_takes_so_many_rows(monkeypatch):
    monkeypatch.setattr(log_of_use, "ROWS", 3)
    for _segment in range(3):
        segment(OLD)
    assert end() == 6
    # Each batch is one segment here, and says so; what an earlier one said is kept for its time.
    assert positions() == [(4, "erased"), (5, "erased"), (6, "erased")]
    assert list(Seal.objects.values_list("replaced", "count")) == [(1, 2), (2, 2), (3, 2)]
    assert proven()


def test_seals_of_erasures_alone_are_not_erased_again_and_again():
    segment(OLD)
    end()
    count = Seal.objects.count()
    assert end(TODAY + timedelta(days=3660)) == 1  # the history of the first end
    assert Seal.objects.count() == count


def test_a_run_that_is_killed_while_it_erases_leaves_all_as_it_was(monkeypatch):
    segment(OLD), segment(FIRST)
    before = positions()
    with monkeypatch.context() as patch:
        patch.setattr(log_of_use, "record", lambda **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            end()
    assert (positions(), AccessLogEntry.objects.count()) == (before, 4)
    assert proven()
    assert end() == 2


def test_a_run_that_is_killed_before_the_checkpoint_is_made_up_for(monkeypatch):
    segment(OLD), segment(FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "append", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            end()
    assert checkpoints.newest()[0] == 2
    assert verifying.verify().problem is None
    assert end() == 0
    assert checkpoints.newest()[0] == 3


def test_while_the_clock_is_in_doubt_nothing_is_erased():
    segment(OLD)
    Heartbeat.objects.create(beat_at=NOW, trusted_on=local(timezone.now()).date())
    Heartbeat.objects.update(trusted_on=date(2025, 1, 1))
    with pytest.raises(DayInDoubt):
        end()
    assert AccessLogEntry.objects.count() == 2


def test_the_history_of_objects_ends_by_the_same_clock():
    client = ClientFactory()
    for moment in (OLD, FIRST):
        row = log(instance=client, action="wagtail.edit")
        RegisterLogEntry.objects.filter(pk=row.pk).update(timestamp=moment)
    assert end() == 1
    assert [row.timestamp for row in RegisterLogEntry.objects.all()] == [FIRST]


# --- past the software


@pytest.fixture
def ended():
    segment(OLD), segment(OLD), segment(FIRST)
    end()
    sealing.seal_rows(now=lambda: NOW, until=math.inf)


REFUSED = [
    "DELETE FROM register_accesslogsubject WHERE entry IN "
    "(SELECT id FROM register_accesslogentry WHERE seal = 3)",
    "DELETE FROM register_accesslogentry WHERE seal = 3",
    "DELETE FROM register_seal WHERE position = 3",
    "DELETE FROM register_seal WHERE kind = 'erased'",
    "UPDATE register_seal SET replaced = 3 WHERE kind = 'erased'",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_lets_nothing_go_but_what_a_seal_says_is_erased(ended, statement):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        sql(statement)
    with lifted():
        assert sql(statement) > 0


def test_a_seal_goes_after_its_rows_and_that_of_a_restore_never():
    segment(OLD)
    sealing.seal_restore(now=OLD)
    with transaction.atomic():
        sealing.seal_erasure(list(Seal.objects.all()), rows=2, now=NOW)
        for position in (1, 2):
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                sql(f"DELETE FROM register_seal WHERE position = {position}")
        engine.erase_log_segments(last=2)
    assert [position for position, _kind in positions()] == [2, 3]


def forge_an_end():
    """As one with the database and without the key, to cover what a segment says."""
    last = Seal.objects.get(position=3)
    forged = sealing.seal_erasure([last], rows=2, now=NOW)
    sql("UPDATE register_seal SET mac = 'x' WHERE position = %s", forged.pk)
    engine.erase_log_segments(last=3)
    return Problem(Wrong.SEAL_FORGED, forged.pk)


def take_the_end_away():
    sql("DELETE FROM register_seal WHERE kind = 'erased'")
    return Problem(Wrong.SEAL_REMOVED, 1)


def erase_more_than_the_seal_says():
    sql("DELETE FROM register_accesslogentry WHERE seal = 3")
    return Problem(Wrong.REMOVED, 3, 1)


def put_a_row_into_what_is_erased():
    copied = AccessLogEntry.objects.get(seal=3, place=1)
    copied.pk, copied.seal, copied._state.adding = None, 1, True
    copied.save()
    return Problem(Wrong.INSERTED, 1, entry=copied.pk)


@pytest.mark.parametrize(
    "tamper",
    [
        forge_an_end,
        take_the_end_away,
        erase_more_than_the_seal_says,
        put_a_row_into_what_is_erased,
    ],
)
def test_an_end_that_is_none_is_found(ended, tamper):
    assert verifying.verify().problem is None
    with lifted():
        expected = tamper()
    assert verifying.verify().problem == expected


def test_what_stands_outside_of_the_last_erased_seal_is_compared(ended):
    lines = checkpoints.path().read_text().splitlines(keepends=True)
    lines[5] = f"{'0' * 64}\n"
    checkpoints.path().write_text("".join(lines))
    assert verifying.verify().problem == Problem(Wrong.CHECKPOINT, 2)


@pytest.mark.parametrize("table", ["register_accesslogentry", "register_seal"])
def test_a_table_that_was_emptied_past_the_triggers_is_found(table):
    """On PostgreSQL TRUNCATE fires no trigger of a row; SQLite knows no such statement."""
    segment(FIRST)
    assert proven()
    if connection.vendor == "postgresql":
        sql(f"TRUNCATE {table}")
    else:
        with lifted():
            sql(f"DELETE FROM {table}")
    assert verifying.verify().problem is not None


def test_a_row_that_was_put_into_the_kept_seal_of_a_restore_is_found():
    segment(OLD)
    sealing.seal_restore(now=OLD)
    segment(OLD), segment(FIRST)
    end()
    copied = AccessLogEntry.objects.get(seal=4, place=1)
    copied.pk, copied.seal, copied._state.adding = None, 2, True
    copied.save()
    assert verifying.verify().problem == Problem(Wrong.INSERTED, 2, entry=copied.pk)
