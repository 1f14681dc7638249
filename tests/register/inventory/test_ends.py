"""C44, O8: until when a period of its own keeps a row."""

from datetime import date, timedelta

import pytest

from register.inventory import Clock
from register.inventory.ends import years
from register.inventory.vocabulary import OwnPeriod


def test_days_are_counted_back_from_the_day():
    clock = Clock("day", timedelta(days=30))
    assert clock.first_kept(date(2026, 3, 31)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("today", "first"),
    [(date(2026, 11, 26), date(2021, 11, 26)), (date(2028, 2, 29), date(2023, 2, 28))],
)
def test_years_are_the_owners(settings, today, first):
    clock = Clock("day", OwnPeriod.LOG)
    assert clock.first_kept(today) == first
    settings.REGISTER = {**settings.REGISTER, "LOG_YEARS": 1}
    assert clock.first_kept(today).year == today.year - 1


def test_each_of_them_has_its_setting():
    assert [years(period) for period in OwnPeriod] == [2, 5, 5, 1]
