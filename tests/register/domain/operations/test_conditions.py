"""C44, O4: what is not well is found, and told in the same words everywhere."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django_q.models import Task

from register.conf import BACKUP_DAYS
from register.domain.operations import accounts, conditions, heartbeat
from register.domain.operations.backups import ages, kept
from register.domain.operations.conditions import findings
from register.domain.operations.finding import Level
from register.files import counter
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessLogEntry,
    Client,
    EncryptionKey,
    Heartbeat,
    RetentionRun,
    StaffMember,
)
from register.models.access_log import Action
from register.models.retention import ListKind
from tests.factories import ErasureListFactory, ServiceOrderFactory, staff
from tests.register.domain.operations.conditions import a_backup, a_task, all_well

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def well(private_dir):
    all_well(now=NOW)


def not_well(now=NOW):
    found = findings(now=now).items()
    return {name: finding.level for name, finding in found if finding.level is not Level.WELL}


def test_all_is_well():
    assert not_well() == {}


def a_run_that_failed():
    RetentionRun.objects.create(today=NOW.date(), started_at=NOW, passes=1)


def no_run_since_yesterday():
    RetentionRun.objects.update(finished_at=NOW - 1.1 * DAY)


def an_entry_of_tomorrow():
    AccessLogEntry.objects.create(
        at=NOW + DAY, action=Action.VIEW, purpose=Purpose.GUIDANCE, model=Client._meta.label
    )


@pytest.mark.parametrize("role", accounts.DEPUTISED)
@pytest.mark.parametrize("away", [{"closed_on": NOW.date()}, {"user__is_active": False}])
def test_a_role_without_a_deputy_is_a_warning_that_names_it(role, away):
    member = StaffMember.objects.filter(user__groups__name=role).first()
    if "closed_on" in away:
        StaffMember.objects.filter(pk=member.pk).update(**away)
    else:
        get_user_model().objects.filter(pk=member.user_id).update(is_active=False)
    assert not_well() == {"deputies": Level.WARNING}
    assert str(role.label) in findings(now=NOW)["deputies"].told
    staff(role)
    assert role.label not in findings(now=NOW)["deputies"].details


def no_place_for_files(private_dir):
    shutil.rmtree(private_dir)
    private_dir.write_text("a file where the folder should be")


WRONG = {
    "a dead worker": (lambda: heartbeat.beat(now=NOW - DAY), "worker_heartbeat_age"),
    "a heartbeat to come": (
        lambda: Heartbeat.objects.update(beat_at=NOW + DAY),
        "worker_heartbeat_age",
    ),
    "a failed run": (a_run_that_failed, "retention_age"),
    "a run that is missing": (no_run_since_yesterday, "retention_age"),
    "no billing": (
        lambda: Task.objects.filter(name="export_billing").update(stopped=NOW - 2 * DAY),
        "billing_age",
    ),
    "no tidying": (lambda: Task.objects.filter(name="tidy_up").delete(), "tidying_age"),
    "a failed task": (
        lambda: a_task("apply_retention", at=NOW, success=False, result="OSError"),
        "failed_tasks",
    ),
    "a clock set back": (an_entry_of_tomorrow, "clock"),
    "an older database": (lambda: counter.write(99), "restored"),
    "another key": (lambda: EncryptionKey.objects.update(fingerprint="0" * 64), "unknown_keys"),
}


@pytest.mark.parametrize(("take_away", "name"), WRONG.values(), ids=WRONG.keys())
def test_one_thing_wrong_is_found_alone(take_away, name):
    take_away()
    assert not_well() == {name: Level.WRONG}
    assert findings(now=NOW)[name].told


def test_a_folder_that_cannot_be_written_is_found(private_dir):
    no_place_for_files(private_dir)
    assert not_well() == {"private_free": Level.WRONG, "restored": Level.WRONG}


def test_a_full_disk_is_found(monkeypatch):
    monkeypatch.setattr(conditions, "LEAST_FREE", 2**62)
    assert not_well() == {"private_free": Level.WRONG}


def test_a_task_that_runs_has_not_failed():
    a_task("export_billing", at=NOW, success=False, result="Started.")
    assert not_well() == {}


def a_list(**fields):
    return ErasureListFactory(kind=ListKind.BEYOND, frozen_at=NOW - DAY, **fields)


def test_what_waits_for_a_person_is_a_warning():
    a_list(erases_at=NOW + DAY, told_at=NOW)
    assert not_well() == {"unconfirmed_lists": Level.WARNING}


def test_a_list_of_which_nobody_could_be_told_is_a_warning():
    a_list(erases_at=NOW - DAY)
    assert not_well() == {"unsent_mails": Level.WARNING}


def test_a_run_that_waits_for_the_day_says_so():
    RetentionRun.objects.create(today=NOW.date(), started_at=NOW, waits=True)
    assert not_well() == {"retention_age": Level.WRONG}
    assert "odottaa" in findings(now=NOW)["retention_age"].told


def test_a_run_of_a_clock_that_was_ahead_says_nothing():
    RetentionRun.objects.create(today="2028-04-01", started_at=NOW + 300 * DAY, waits=True)
    RetentionRun.objects.create(today="2028-04-02", started_at=NOW + 301 * DAY, passes=1)
    assert not_well() == {}


def test_what_failed_in_january_stays_wrong():
    RetentionRun.objects.update(clients_failed=1, clients_waiting=3)
    assert not_well() == {"to_be_erased": Level.WRONG}
    assert findings(now=NOW)["to_be_erased"].value == 1


@pytest.mark.parametrize(("day", "left"), [(14, 0), (15, 2)])
def test_when_no_run_of_the_year_has_finished_they_are_counted(day, left):
    """A run that waits, or failed, has counted nobody."""
    now = datetime(2028, 1, day, 9, 0, tzinfo=UTC)
    for _ in range(2):
        ServiceOrderFactory(planned_end=date(2027, 6, 15))
    assert findings(now=now)["to_be_erased"].value == left


@pytest.mark.parametrize(
    ("day", "level"), [(14, None), (15, Level.WARNING), (30, Level.WARNING), (31, Level.WRONG)]
)
def test_what_is_left_of_last_year_is_told_louder_as_january_goes_by(day, level):
    now = datetime(2028, 1, day, 9, 0, tzinfo=UTC)
    Heartbeat.objects.all().delete()
    all_well(now=now)
    RetentionRun.objects.update(clients_deferred=2, clients_failed=1)
    assert not_well(now) == ({"to_be_erased": level} if level else {})
    assert findings(now=now)["to_be_erased"].value == 3


def test_deferrals_of_last_january_are_nothing_now():
    RetentionRun.objects.update(clients_deferred=2, today="2026-01-31")
    assert not_well(datetime(2027, 1, 20, 9, 0, tzinfo=UTC)).get("to_be_erased") is None


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    for number in range(30):
        a_task("tidy_up", at=NOW - timedelta(minutes=number))
    with django_assert_max_num_queries(24):
        findings(now=NOW)


def a_backup_at(moment):
    for file in kept.kept().values():
        file.unlink()
    a_backup(at=moment)


def test_a_backup_that_is_missing_or_too_old_is_found():
    a_backup_at(NOW - 2.1 * DAY)
    assert not_well() == {"backup_age": Level.WRONG}
    for file in kept.kept().values():
        file.unlink()
    # The register was set up long before.
    assert not_well() == {"backup_age": Level.WRONG}


def test_one_that_lives_longer_than_published_is_found_beside_a_new_one():
    a_backup(at=NOW - (BACKUP_DAYS - 1) * DAY)
    assert not_well() == {}
    a_backup(at=NOW - (BACKUP_DAYS + 1) * DAY)
    assert not_well() == {"oldest_backup_age": Level.WRONG}


def test_one_of_last_year_is_found_on_the_last_day_of_january(monkeypatch):
    """Whatever is published: nobody who is erased in January is left in a backup after it."""
    monkeypatch.setattr(ages, "BACKUP_DAYS", 365)
    Heartbeat.objects.all().delete()
    for day, level in ((30, {}), (31, {"oldest_backup_age": Level.WRONG})):
        now = datetime(2028, 1, day, 9, 0, tzinfo=UTC)
        all_well(now=now)
        a_backup(at=datetime(2027, 12, 31, 21, 0, tzinfo=UTC))
        assert not_well(now) == level


def test_without_a_folder_people_are_told_and_a_monitor_is_not(settings):
    settings.REGISTER = settings.REGISTER | {"BACKUP_DIR": ""}
    assert not_well() == {"backup_age": Level.WARNING}
    settings.DEBUG = True
    assert not_well() == {}


def test_a_folder_of_backups_that_cannot_be_read_is_found(settings, private_dir):
    settings.REGISTER = settings.REGISTER | {"BACKUP_DIR": private_dir / "counter"}
    assert not_well() == {"backup_age": Level.WRONG}
