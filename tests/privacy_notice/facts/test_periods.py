"""C44, C45, O8: how long data is kept, in words."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from privacy_notice import facts
from register.inventory import Clock, inventory
from register.inventory.vocabulary import Category, OwnPeriod


def periods():
    return {row["key"]: row["period"] for row in facts.retention()["rows"]}


def test_every_kind_of_data_has_a_period_and_none_is_left_open():
    told = periods()
    assert set(told) == {*Category} - {Category.STAFF} | {*OwnPeriod} - {OwnPeriod.LOG}
    assert all("tammikuun" in words or re.search(r"\d", words) for words in told.values())


def test_the_time_that_bookkeeping_is_kept_is_the_settings(settings):
    """C45."""
    settings.REGISTER = {**settings.REGISTER, "VOUCHER_YEARS": 9}
    assert "9 vuotta" in periods()[Category.BOOKKEEPING]


@pytest.mark.parametrize("own", OwnPeriod)
def test_a_time_that_the_owner_decides_is_the_settings(settings, own):
    """O8: the page says what is set, and in the right number."""
    row = Category.LOG if own is OwnPeriod.LOG else own
    settings.REGISTER = {**settings.REGISTER, own.value: 7}
    assert "7 vuotta" in periods()[row]
    settings.REGISTER = {**settings.REGISTER, own.value: 1}
    assert "1 vuosi" in periods()[row]


def test_where_a_part_ends_otherwise_the_part_is_named():
    """R03: who was responsible goes with the client, the order by its own end."""
    first, second = periods()[Category.SERVICE].split(". ")
    assert first.startswith("Poistetaan palvelun")
    assert "lukumäärä" in first
    assert second.startswith("Vastuussa olleet ohjaajat ja ajat: poistetaan viimeisen palvelun")


def test_a_period_in_days_is_told_in_days(monkeypatch):
    found = replace(inventory["register.Feedback"], ends=Clock("received_on", timedelta(days=40)))
    monkeypatch.setitem(inventory._declarations, "register.Feedback", found)
    assert periods()[Category.FEEDBACK] == "Säilytetään 40 päivää tästä päivästä: vastaanotettu."


def test_of_what_nothing_ends_no_period_is_made_up(monkeypatch):
    found = replace(inventory["register.Feedback"], ends=None)
    monkeypatch.setitem(inventory._declarations, "register.Feedback", found)
    with pytest.raises(LookupError):
        facts.retention()
