"""The log of use, as the data protection contact reads it (C38)."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from register.enums import Action, Purpose
from register.models import AccessLogEntry, AccessLogSubject
from register.permissions import User

from .base import RegisterModelAdmin
from .base.columns import WIDE
from .base.filters import by_field


class AccessLogAdmin(RegisterModelAdmin):
    """Who used what, when and why. Reading the log is logged as well."""

    model = AccessLogEntry
    menu_label = _("Log of use")
    menu_icon = "history"
    menu_order = 330
    base_url_path = "kayttoloki"
    ordering = ("-at",)
    history_view_enabled = False
    filters = (
        by_field("action", _("Action"), Action.choices),
        by_field("purpose", _("Purpose"), Purpose.choices),
    )
    columns = (
        TitleColumn(
            "at",
            label=_("Time"),
            accessor=lambda entry: entry.local_time,
            url_name="kayttoloki_modeladmin_inspect",
        ),
        Column("actor", label=_("User"), accessor="actor_name"),
        Column("action", label=_("Action"), accessor="get_action_display"),
        Column("purpose", label=_("Purpose"), accessor="get_purpose_display", classname=WIDE),
        Column("model", label=_("Kind of data"), accessor="model_name", classname=WIDE),
        Column("count", label=_("Rows"), classname=WIDE),
    )

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Name the users who still have an account; the log itself holds their keys only."""
        name = Concat("first_name", Value(" "), "last_name")
        users = get_user_model()._default_manager.filter(pk=OuterRef("actor"))
        names = Subquery(users.annotate(name=name).values("name"))
        actor = Coalesce(names, Cast("actor", CharField()), Value("–"), output_field=CharField())
        return rows.annotate(actor_name=actor)

    narrow_object = narrow_list

    def title_of(self, instance: AccessLogEntry) -> str:
        return str(_("Entry %(number)s") % {"number": instance.pk})

    def details_of(self, instance: Any) -> Sequence[tuple[Any, Any]]:
        subjects = AccessLogSubject.objects.filter(entry=instance.pk).values_list(
            "client", flat=True
        )
        return [
            (_("time"), instance.local_time),
            (_("user"), instance.actor_name),
            (_("action"), instance.get_action_display()),
            (_("purpose"), instance.get_purpose_display()),
            (_("kind of data"), instance.model_name),
            (_("rows"), instance.count),
            (_("clients (opaque ids)"), ", ".join(str(key) for key in subjects[:50])),
        ]
