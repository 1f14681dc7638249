"""C36: whoever guesses is stopped, and learns from it of no account."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import RequestFactory

from register.access import attempts
from register.access.backend import StaffBackend
from register.models import LogInAttempts
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.hashers import Quick

pytestmark = pytest.mark.django_db
DOOR = "/admin/login/"
BEGIN = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WRONG = "väärä salasana"


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = BEGIN

    monkeypatch.setattr(attempts.timezone, "now", lambda: Clock.now)
    return Clock


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed."""
    found, encode = [], Quick.encode

    def noting(self, password, *args, **kwargs):
        found.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(Quick, "encode", noting)
    return found


def request_from(address="198.51.100.7", **headers):
    return RequestFactory().post(DOOR, REMOTE_ADDR=address, **headers)


def tries(username, password=WRONG, request=None):
    return StaffBackend().authenticate(request, username=username, password=password)


def fail(username, times, **how):
    for _time in range(times):
        assert tries(username, **how) is None


def test_thirty_bad_passwords_stop_the_thirty_first_even_if_it_is_right(clock, hashed):
    user = staff()
    fail(user.username, 30)
    hashed.clear()
    assert tries(user.username, PASSWORD) is None
    assert hashed == []
    clock.now += 15 * MINUTE
    assert tries(user.username, PASSWORD) == user


def test_capitals_make_no_new_name(clock):
    staff(user__username="öhman")
    for name in ("öhman", "ÖHMAN", "o\u0308hman"):
        fail(name, 10)
    assert tries("Öhman", PASSWORD) is None


def test_who_logs_in_begins_anew(clock):
    user = staff()
    fail(user.username, 29)
    assert tries(user.username, PASSWORD) == user
    fail(user.username, 29)
    assert tries(user.username, PASSWORD) == user
    assert not LogInAttempts.objects.exists()


def test_one_address_is_stopped_whatever_the_names_and_no_other_address(clock):
    user = staff()
    for number in range(30):
        fail(f"arvaus{number}", 1, request=request_from())
    assert tries(user.username, PASSWORD, request_from()) is None
    assert tries(user.username, PASSWORD, request_from("198.51.100.8")) == user


def test_behind_the_proxy_it_is_the_address_that_the_proxy_names(clock):
    user = staff()
    for number in range(30):
        forged = f"203.0.113.{number}, 198.51.100.7"
        request = request_from("127.0.0.1", HTTP_X_FORWARDED_FOR=forged)
        fail(f"arvaus{number}", 1, request=request)
    near = request_from("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    far = request_from("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.8")
    assert tries(user.username, PASSWORD, near) is None
    assert tries(user.username, PASSWORD, far) == user


def test_successes_use_an_address_up_for_nobody(clock):
    user = staff()
    for _time in range(40):
        assert tries(user.username, PASSWORD, request_from()) == user


@pytest.mark.parametrize("who", ["known", "unknown", "suspended", "inactive", "unusable"])
def test_the_answer_and_the_work_are_the_same_for_every_name(client, hashed, who):
    """Django hashes an unknown name's password as well, so that time tells nothing."""
    made = {
        "suspended": {"suspended_from": date(2020, 1, 1)},
        "inactive": {"user__is_active": False},
    }
    if who != "unknown":
        user = staff(user__username="nimi", **made.get(who, {}))
        if who == "unusable":
            user.set_unusable_password()
            user.save()
    hashed.clear()
    typed = {"username": "nimi", "password": WRONG}
    answers = {told(client.post(DOOR, typed)) for _time in range(29)}
    assert len(answers) == 1
    assert len(hashed) == 29
    last, stopped = (told(client.post(DOOR, typed)) for _time in range(2))
    assert last == stopped
    assert "15 minuuttia" in stopped
    assert len(hashed) == 30


def told(answer) -> str:
    return answer.context["form"].non_field_errors()[0]


def test_neither_name_nor_address_is_stored(clock, settings):
    fail("maija.meikäläinen", 1, request=request_from())
    keys = set(LogInAttempts.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(len(key) == 64 and int(key, 16) for key in keys)
    settings.SECRET_KEY = "another-" + "2" * 50
    fail("maija.meikäläinen", 1, request=request_from())
    assert LogInAttempts.objects.count() == 4  # who has the table alone can't try names on it


def test_what_no_longer_counts_is_deleted(clock):
    fail("arvaus", 2)
    assert attempts.forget(now=BEGIN + 14 * MINUTE) == 0
    assert attempts.forget(now=BEGIN + 15 * MINUTE) == 1


def test_a_clock_that_was_wrong_stops_nobody_for_long(clock):
    user = staff()
    clock.now = BEGIN + timedelta(days=400)
    fail(user.username, 30)
    clock.now = BEGIN
    assert tries(user.username, PASSWORD) == user


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_count_as_well():
    """As many are looked at as there would be one by one."""
    user = staff()
    fail(user.username, 26)
    start, let_in = Barrier(8), []

    def attempt():
        start.wait()
        let_in.append(attempts.begin(user.username, None))
        connection.close()

    threads = [Thread(target=attempt) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(let_in) == 4


def test_a_stranger_elsewhere_keeps_nobody_out(clock):
    user = staff()
    fail(user.username, 200, request=request_from("203.0.113.9"))
    assert tries(user.username, PASSWORD, request_from("203.0.113.9")) is None
    assert tries(user.username, PASSWORD, request_from()) == user


def test_a_hundred_from_many_addresses_stop_a_name(clock, hashed):
    user = staff()
    for number in range(100):
        fail(user.username, 1, request=request_from(f"203.0.113.{number}"))
    hashed.clear()
    assert tries(user.username, PASSWORD, request_from()) is None
    assert attempts.are_used_up(user.username, request_from())
    assert not attempts.are_used_up("joku.muu", request_from())
    assert hashed == []


@pytest.mark.parametrize(
    ("network", "other"),
    [("2001:db8:1:2::{:x}", "2001:db8:1:3::1"), ("::ffff:198.51.100.7", "::ffff:198.51.100.8")],
)
def test_a_network_of_ipv6_is_one_address_and_written_ipv4_is_none(clock, network, other):
    user = staff()
    for number in range(30):
        fail(f"arvaus{number}", 1, request=request_from(network.format(number)))
    assert tries(user.username, PASSWORD, request_from(network.format(99))) is None
    assert tries(user.username, PASSWORD, request_from(other)) == user
