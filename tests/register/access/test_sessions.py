"""C36: a session ends when nobody is there, and with the working day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.access import sessions
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db
BEGIN = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)
HOME, SESSION, LOG_IN = "/admin/", "/admin/session/", "/admin/login/"
MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self):
        self.now = BEGIN


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(sessions.timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def person(client, clock):
    user = staff(Role.EDITOR)
    typed = {"username": user.username, "password": PASSWORD, "remember": "on", "next": SESSION}
    assert client.post(LOG_IN, typed)["Location"] == SESSION
    return user


def is_in(client, address=HOME) -> bool:
    return client.get(address).status_code == 200


@pytest.mark.parametrize(("idle", "inside"), [(29, True), (30, False)])
def test_it_ends_after_thirty_idle_minutes(client, clock, person, idle, inside):
    clock.now += idle * MINUTE
    assert is_in(client) == inside
    assert (SESSION_KEY in client.session) == inside


def test_it_ends_after_ten_hours_however_busy(client, clock, person):
    for _step in range(29):
        clock.now += 20 * MINUTE
        assert is_in(client)
        client.post(SESSION)
    clock.now = BEGIN + timedelta(hours=10)
    assert not is_in(client)


def test_typing_counts_and_asking_how_much_is_left_does_not(client, clock, person):
    clock.now += 20 * MINUTE
    assert client.post(SESSION).json()["idle"] == 30 * 60
    clock.now += 20 * MINUTE
    assert client.get(SESSION).json()["idle"] == 10 * 60
    clock.now += 10 * MINUTE
    answer = client.get(SESSION)
    assert answer["Location"].startswith(LOG_IN)


def test_an_editor_that_is_open_with_nobody_there_counts_for_nothing(client, clock, person):
    clock.now += 20 * MINUTE
    client.post("/admin/editing-sessions/ping/home/homepage/1/1/")
    clock.now += 10 * MINUTE
    assert not is_in(client)


def test_a_beat_reads_the_session_and_nothing_else(client, clock, person):
    clock.now += 20 * MINUTE
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.post(SESSION).status_code == 200
    tables = {word for query in asked for word in query["sql"].split() if "_" in word}
    assert {table for table in tables if "django_session" not in table} & {
        '"auth_user"',
        '"register_staffmember"',
        '"auth_group"',
    } == set()
    assert any("UPDATE" in query["sql"] for query in asked)
    with CaptureQueriesContext(connection) as asked:
        client.post(SESSION)
    assert not any("UPDATE" in query["sql"] for query in asked)  # once a minute


def test_a_beat_needs_the_pages_token(clock, person, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(SESSION).status_code == 403


def test_a_clock_that_went_back_ends_it(client, clock, person):
    clock.now -= timedelta(hours=1)
    assert not is_in(client)


def test_logging_in_again_begins_anew(client, clock, person):
    clock.now += timedelta(minutes=25)
    client.post(LOG_IN, {"username": person.username, "password": PASSWORD})
    clock.now += timedelta(minutes=25)
    assert client.get(SESSION).json()["whole"] == 10 * 3600 - 25 * 60


def test_nobody_is_remembered_after_the_browser_is_closed(client, person):
    assert client.session.get_expire_at_browser_close()
    client.logout()
    assert "remember" not in client.get(LOG_IN).content.decode()


def test_the_mark_names_nobody_and_is_each_ones_own(client, person):
    mine = client.get(SESSION).json()["person"]
    client.force_login(other := staff(Role.EDITOR))
    theirs = client.get(SESSION).json()["person"]
    assert mine != theirs
    assert not {str(other.pk), other.username} & {mine, theirs}


def test_a_reader_of_the_public_pages_has_no_session(client, site_content):
    answer = client.get("/")
    assert not client.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
