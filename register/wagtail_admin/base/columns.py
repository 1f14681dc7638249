"""Columns of the register's lists: plain dates, and columns that give way on a phone."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column

# Hidden on a narrow screen, where the first column and the essential ones must do.
WIDE = "register-wide"


class DayColumn(Column):
    """A date as it is written, not "two weeks ago": these dates are deadlines."""

    def get_value(self, instance: Any) -> str:
        value: date | datetime | None = super().get_value(instance)
        if value is None:
            return "–"
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        return date_format(value, "SHORT_DATE_FORMAT")
