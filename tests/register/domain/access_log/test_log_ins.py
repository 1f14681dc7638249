"""C38: who came and went is in the log of use, and how often somebody failed to."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from register.domain.access_log import log_ins
from register.models import AccessLogEntry, AccessLogSubject, FailedLogIns, RegisterLogEntry
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
PASSWORD = "tammi kuusi haapa lepikko"


@pytest.fixture
def member():
    user = staff(Role.COUNSELLOR)
    user.set_password(PASSWORD)
    user.save()
    return user.staff_member


def fail(name, times=1):
    for _time in range(times):
        assert authenticate(None, username=name, password="väärä salasana tässä") is None


def tell():
    return log_ins.tell_failed(now=timezone.now() + log_ins.COUNTED_FOR)


def refuse_entries():
    """Let the database refuse every new entry, as a full disk would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON register_accesslogentry "
                "FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
        else:
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON register_accesslogentry "
                "BEGIN SELECT RAISE(ABORT, 'full'); END"
            )


def test_a_log_in_names_the_member_and_no_client(client, member):
    posted = {"username": member.user.username, "password": PASSWORD}
    client.post(reverse("wagtailadmin_login"), posted)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.actor) == (Action.LOG_IN, member.user.pk)
    assert (entry.model, entry.object_key) == ("register.StaffMember", str(member.pk))
    assert entry.purpose == "administration"
    assert not AccessLogSubject.objects.exists()
    assert not RegisterLogEntry.objects.exists()


def test_a_log_out_is_told_too(client, member):
    client.force_login(member.user)
    client.post(reverse("wagtailadmin_logout"))
    assert AccessLogEntry.objects.latest("pk").action == Action.LOG_OUT


def test_a_session_that_nobody_logged_in_to_ends_without_an_entry(client):
    client.post(reverse("wagtailadmin_logout"))
    assert not AccessLogEntry.objects.exists()


def test_a_user_who_is_no_member_is_named_as_a_user(client):
    user = get_user_model().objects.create_superuser("root", "root@example.org")
    client.force_login(user)
    entry = AccessLogEntry.objects.get()
    assert (entry.model, entry.object_key) == (user._meta.label, str(user.pk))


def test_a_log_in_that_cannot_be_written_does_not_happen(client, member):
    refuse_entries()
    client.raise_request_exception = False
    posted = {"username": member.user.username, "password": PASSWORD}
    assert client.post(reverse("wagtailadmin_login"), posted).status_code == 500
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert not AccessLogEntry.objects.exists()


def test_a_log_out_that_cannot_be_written_ends_the_session(client, member, caplog):
    client.force_login(member.user)
    refuse_entries()
    client.post(reverse("wagtailadmin_logout"))
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert "log-out could not be written" in caplog.text


def test_failures_are_counted_by_account_and_what_was_typed_is_nowhere(member):
    fail(member.user.username.upper(), 3)
    fail("Maija Meikäläinen", 2)
    fail("toinen.nimi@example.org")
    assert not AccessLogEntry.objects.exists()
    assert tell() == 2
    found = {entry.object_key: entry for entry in AccessLogEntry.objects.all()}
    assert {entry.action for entry in found.values()} == {Action.LOG_FAILED}
    assert {key: entry.count for key, entry in found.items()} == {str(member.pk): 3, "": 3}
    assert found[""].details == {"unknown_names": True}
    assert not FailedLogIns.objects.exists()


@pytest.mark.parametrize("times", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_thousands_of_failures_make_one_entry(member, times):
    for _time in range(times):
        log_ins.failed(None, {"username": member.user.username})
    assert tell() == 1
    assert AccessLogEntry.objects.get().count == times


def test_they_are_told_after_a_quarter_of_an_hour_and_once(member):
    fail(member.user.username)
    early = timezone.now() + log_ins.COUNTED_FOR - timedelta(minutes=1)
    assert log_ins.tell_failed(now=early) == 0
    assert (tell(), tell()) == (1, 0)


def test_a_count_that_cannot_be_written_is_kept(member):
    fail(member.user.username)
    refuse_entries()
    with pytest.raises(DatabaseError, match="full"), transaction.atomic():
        tell()
    assert FailedLogIns.objects.get().count == 1
