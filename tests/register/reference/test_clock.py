"""The day is Helsinki's, whatever zone a person has chosen (C33, C44)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from register.reference import clock


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "Pacific/Kiritimati", "UTC"])
def test_the_day_does_not_follow_a_persons_zone(monkeypatch, zone):
    new_year_in_helsinki = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: new_year_in_helsinki)
    with timezone.override(ZoneInfo(zone)):
        assert clock.today() == date(2027, 1, 1)
