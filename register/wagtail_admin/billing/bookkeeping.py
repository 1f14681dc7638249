"""Bookkeeping rows: all that billing sees of a client (C25, C33)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from register.access.standing import User
from register.models import BookkeepingRow
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.filters import Filter

MONTH = Column("month", accessor=lambda row: f"{row.month:%m/%Y}", desktop_only=True)


class BookkeepingRowAdmin(RegisterModelAdmin):
    """Name, e-mail address and billed service: all that billing sees of a client (C25, C33)."""

    model = BookkeepingRow
    ordering = ("-entered_on",)
    search_fields = ("sort_key", "reference")
    search_hint = gettext_lazy("Name or line reference")
    filters = (
        Filter(
            parameter="tila",
            label=gettext_lazy("State"),
            choices=(
                ("exported", gettext_lazy("Exported to billing")),
                ("unbilled", gettext_lazy("Not billed yet")),
            ),
            apply=lambda rows, value: rows.filter(batch__isnull=value == "unbilled"),
        ),
    )
    columns = (
        "name",
        Column("email", desktop_only=True),
        "service_name",
        MONTH,
        "amount",
        Column("reference", desktop_only=True),
    )
    details = (
        "name",
        "email",
        "service_name",
        MONTH,
        "amount",
        "reference",
        "batch",
        "entered_on",
        "keep_until",
    )

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("batch", "order")
