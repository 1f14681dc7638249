"""What day it is: the day in the project's time zone, whatever zone a person has chosen."""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the date in `settings.TIME_ZONE`, Europe/Helsinki.

    `timezone.localdate()` alone follows the zone of a person's profile, and with it the gate
    would open and shut hours early or late.
    """
    return timezone.localdate(timezone=ZoneInfo(settings.TIME_ZONE))


def a_year_after(day: date) -> date:
    """Return the same day a year later; of 29 February, 28 February."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; where there is none, that month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; of 29 February, 28 February."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def local(moment: datetime) -> datetime:
    """Return a moment in the same zone, to be shown: whoever looks reads the same hour and day."""
    return timezone.localtime(moment, ZoneInfo(settings.TIME_ZONE))


def moment(day: date, at: time = time.min) -> datetime:
    """Return the moment at which it is that time of the day, in the same zone."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(settings.TIME_ZONE))
