"""R13: no backup lives longer than is published, and all that is told is told by its name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.conf import BACKUP_DAYS, SETTINGS
from register.domain.operations.backups import kept
from register.reference import clock
from tests.register.domain.operations.conditions import a_backup

NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_name_tells_the_moment_and_nothing_else():
    file = a_backup(at=NOW)
    assert file.name == "2027-03-10T090000Z.age"
    assert kept.kept() == {NOW: file}


def test_what_is_no_backup_is_passed_over_and_left_alone():
    folder = a_backup(at=NOW).parent
    (folder / "notes.txt").write_text("x")
    (folder / "2020-01-01T000000Z.tmp").write_text("x")
    assert list(kept.kept()) == [NOW]
    assert kept.remove_old(now=NOW + 100 * DAY) == 1
    assert {file.name for file in folder.iterdir()} == {"notes.txt", "2020-01-01T000000Z.tmp"}


@pytest.mark.parametrize("place", ["", "missing"])
def test_without_a_folder_there_are_none(settings, tmp_path, place):
    folder = place and str(tmp_path / place)
    settings.REGISTER = settings.REGISTER | {"BACKUP_DIR": folder}
    assert kept.kept() == {}
    assert kept.remove_old(now=NOW) == 0


@given(
    st.sampled_from([2, 7, SETTINGS["BACKUPS_KEPT_DAYS"].default, BACKUP_DAYS - 1]),
    st.datetimes(datetime(2026, 12, 1), datetime(2027, 1, 31, 23, 59)),
)
def test_looked_at_once_a_day_none_is_ever_older_than_published(days, taken):
    """The oracle is the published number; a night's look is at most 25 hours after the last."""
    taken = taken.replace(tzinfo=UTC, microsecond=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "register.conf.given",
            lambda: {"BACKUP_DIR": str(kept_folder), "BACKUPS_KEPT_DAYS": days},
        )
        for file in kept.kept().values():
            file.unlink()
        a_backup(at=taken)
        night = taken.replace(hour=22, minute=55)
        while kept.kept():
            night += timedelta(hours=25 if night.day == 25 else 24)
            assert night - taken <= BACKUP_DAYS * DAY + timedelta(hours=2)
            kept.remove_old(now=night)
            if clock.local(night).date() > clock.local(taken).date() + (BACKUP_DAYS - 1) * DAY:
                assert not kept.kept()


@pytest.fixture(autouse=True)
def folder_of_the_property(tmp_path):
    global kept_folder
    kept_folder = tmp_path / "kept"


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (datetime(2027, 1, 30, 12, tzinfo=UTC), 0),
        (datetime(2027, 1, 31, 12, tzinfo=UTC), 1),
        (datetime(2027, 6, 1, 12, tzinfo=UTC), 1),
    ],
)
def test_none_from_before_the_year_survives_january(now, count):
    a_backup(at=datetime(2026, 12, 31, 21, 59, tzinfo=UTC))
    # Already the new year in Helsinki.
    a_backup(at=datetime(2026, 12, 31, 22, 1, tzinfo=UTC))
    assert len(kept.of_last_year(now=now)) == count
