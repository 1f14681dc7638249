"""The retention runs: counts only (C44)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from register.models import RetentionRun
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import field_names


def kind(run: RetentionRun) -> Any:
    """Return what is to be said of a run beside its counts."""
    if run.waits:
        return _("waits for the day to be confirmed")
    return _("dry run") if run.dry else ""


class RetentionRunAdmin(RegisterModelAdmin):
    """What each night's run did: counts only."""

    model = RetentionRun
    ordering = ("-started_at",)
    columns = (
        "today",
        Column("kind", label=_("Kind"), accessor=kind),
        "clients_erased",
        Column("orders_erased", label=_("Service orders erased"), desktop_only=True),
        Column("clients_waiting", label=_("Waiting for their list"), desktop_only=True),
        Column("clients_held", label=_("On hold"), desktop_only=True),
        Column("clients_deferred", label=_("Deferred for billing"), desktop_only=True),
        Column("clients_failed", label=_("Failed"), desktop_only=True),
        Column("finished_at", label=_("Finished")),
    )
    details = field_names(
        RetentionRun,
        without={"cursor", "without_orders", "one_by_one_until", "attempts"},
    )
    export_columns = (
        "today",
        "clients_erased",
        "orders_erased",
        "clients_waiting",
        "clients_held",
        "clients_deferred",
        "clients_failed",
    )
