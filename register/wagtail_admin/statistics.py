"""Anonymous counts: all that remains in the end (C46)."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from register.models import Statistic

from .base import RegisterModelAdmin
from .base.columns import WIDE


class StatisticAdmin(RegisterModelAdmin):
    """Published counts per year, service, manner of delivery and office."""

    model = Statistic
    menu_label = _("Statistics")
    menu_icon = "table"
    menu_order = 180
    base_url_path = "tilastot"
    ordering = ("-year", "service_name")
    columns = (
        TitleColumn(
            "year", label=_("Year"), sort_key="year", url_name="tilastot_modeladmin_inspect"
        ),
        Column(
            "service_name", label=_("Service"), accessor=lambda row: row.service_name or _("Other")
        ),
        Column(
            "manner", label=_("Manner of delivery"), accessor="get_manner_display", classname=WIDE
        ),
        Column("office_name", label=_("Office")),
        Column("count", label=_("Number"), sort_key="count"),
    )
    export_columns = {
        "year": _("Year"),
        "service_name": _("Service"),
        "manner": _("Manner of delivery"),
        "office_name": _("Office"),
        "count": _("Number"),
    }
