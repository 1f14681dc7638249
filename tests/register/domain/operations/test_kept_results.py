"""What a search found opens for half an hour, in its session only, and holds no word of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from register.domain.operations import kept_results, tidying
from register.exceptions import SearchExpired
from register.models import Client, KeptResult, Office
from tests.factories import ClientFactory, OfficeFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HALF_AN_HOUR = timedelta(minutes=30)
SECOND = timedelta(seconds=1)


def keep(found=("1",), session="a", now=NOW):
    return kept_results.keep(list(found), session=session, now=now)


@pytest.mark.parametrize("age", [timedelta(0), HALF_AN_HOUR - SECOND, -HALF_AN_HOUR])
def test_it_opens_for_half_an_hour(age):
    token = keep(["1", "2"])
    assert kept_results.opened(token, session="a", now=NOW + age) == ["1", "2"]


@pytest.mark.parametrize("age", [HALF_AN_HOUR, timedelta(days=1), -HALF_AN_HOUR - SECOND])
def test_it_opens_no_longer_nor_after_the_clock_went_back(age):
    token = keep()
    with pytest.raises(SearchExpired):
        kept_results.opened(token, session="a", now=NOW + age)


@pytest.mark.parametrize("session", ["b", "", "a:"])
def test_another_session_opens_nothing_by_it(session):
    token = keep()
    with pytest.raises(SearchExpired):
        kept_results.opened(token, session=session, now=NOW)


@pytest.mark.parametrize("token", ["", "x", "\x00", "ä" * 10_000, "'; --"])
def test_what_is_no_token_opens_nothing(token):
    keep()
    with pytest.raises(SearchExpired):
        kept_results.opened(token, session="a", now=NOW)


def test_neither_token_nor_session_stands_in_the_database():
    token = keep(session="session-of-somebody")
    stored = str(KeptResult.objects.values().get())
    assert token not in stored
    assert "session-of-somebody" not in stored


def test_the_next_search_and_the_night_forget_what_is_over():
    keep(now=NOW - HALF_AN_HOUR)
    newer = keep(now=NOW)
    assert KeptResult.objects.count() == 1
    assert kept_results.opened(newer, session="a", now=NOW)
    assert tidying.tidy_up(now=NOW + HALF_AN_HOUR) == 1
    assert not KeptResult.objects.exists()


def test_the_oldest_of_a_session_make_room(monkeypatch):
    monkeypatch.setattr(kept_results, "MOST_OF_SESSION", 2)
    others = keep(session="b", now=NOW - SECOND)
    first, second, third = (keep(now=NOW + SECOND * number) for number in range(3))
    with pytest.raises(SearchExpired):
        kept_results.opened(first, session="a", now=NOW + SECOND * 3)
    assert kept_results.opened(second, session="a", now=NOW + SECOND * 3)
    assert kept_results.opened(third, session="a", now=NOW + SECOND * 3)
    assert kept_results.opened(others, session="b", now=NOW)


@pytest.mark.parametrize(("model", "factory"), [(Client, ClientFactory), (Office, OfficeFactory)])
def test_keys_lead_back_to_the_rows_and_to_no_more_than_are_left(model, factory, monkeypatch):
    rows = sorted(factory.create_batch(4), key=lambda row: row.pk)
    monkeypatch.setattr(kept_results, "MOST_KEYS", 3)
    token = keep(kept_results.keys_of(model.objects.order_by("pk")))
    rows[0].delete()
    found = kept_results.among(
        model.objects.all(), kept_results.opened(token, session="a", now=NOW)
    )
    assert set(found) == set(rows[1:3])
