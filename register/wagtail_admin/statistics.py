"""Anonymous counts: all that remains in the end (C46)."""

from django.utils.translation import gettext_lazy as _

from register.models import Statistic
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column


class StatisticAdmin(RegisterModelAdmin):
    """Published counts per year, service, manner of delivery and office."""

    model = Statistic
    ordering = ("-year", "service_name")
    columns = (
        Column("year", sortable=True),
        Column("service_name", accessor=lambda row: row.service_name or _("Other")),
        Column("manner", desktop_only=True),
        "office_name",
        Column("count", label=_("Number"), sortable=True),
    )
    export_columns = ("year", "service_name", "manner", "office_name", "count")
