"""Billing's screens: export batches and their files, and the bookkeeping rows (C24, C25)."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from register.domain import billing
from register.enums import BatchState
from register.exceptions import FileUnavailable
from register.models import BookkeepingRow, ExportBatch
from register.permissions import User, may_see

from .base import RegisterModelAdmin
from .base.actions import ObjectAction
from .base.columns import WIDE, DayColumn
from .base.filters import Filter
from .base.objects import InspectView, ObjectView


def mark_received(batch: ExportBatch, *, by: User) -> None:
    try:
        billing.mark_received(batch=batch, by=by, today=timezone.localdate())
    except FileUnavailable:
        raise ValidationError(_("The file is not made yet.")) from None


class BatchScreen(InspectView):
    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = super().get_header_buttons()
        if self.instance.state in billing.DOWNLOADABLE:
            buttons.append(
                HeaderButton(
                    _("Download the file"),
                    url=self.url("download", self.instance.pk),
                    icon_name="download",
                )
            )
        return buttons


class DownloadView(ObjectView):
    """Hand out a batch's file: each download is logged with the clients in it."""

    def check_action_permitted(self, user: User) -> bool:
        return may_see(user, self.instance)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            file = billing.open_file(
                batch=self.instance, by=request.user, today=self.model_admin.today
            )
        except FileUnavailable:
            messages.error(request, _("The file is not there: it is not made yet, or removed."))
            return redirect(self.url("inspect", self.instance.pk))
        return FileResponse(  # type: ignore[return-value]
            file, as_attachment=True, filename=f"{self.instance}.txt", content_type="text/csv"
        )


class ExportBatchAdmin(RegisterModelAdmin):
    """What left for billing, when and to whom."""

    model = ExportBatch
    menu_label = gettext_lazy("Export batches")
    menu_icon = "upload"
    menu_order = 140
    base_url_path = "siirtoerat"
    ordering = ("-made_on",)
    inspect_view_class = BatchScreen
    columns = (
        TitleColumn(
            "number",
            label=gettext_lazy("Batch"),
            accessor=str,
            url_name="siirtoerat_modeladmin_inspect",
        ),
        DayColumn("made_on", label=gettext_lazy("Made on"), sort_key="made_on"),
        Column("recipient", label=gettext_lazy("Recipient"), classname=WIDE),
        Column("row_count", label=gettext_lazy("Rows"), classname=WIDE),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
    )
    actions = (
        ObjectAction(
            name="received",
            label=gettext_lazy("Mark as received"),
            explanation=gettext_lazy(
                "When the finance provider has the file. Until then its clients wait in January."
            ),
            done=gettext_lazy("The batch is marked as received."),
            offered=lambda batch: batch.state == BatchState.WRITTEN,
            run=mark_received,
        ),
    )

    def details_of(self, instance: ExportBatch) -> Sequence[tuple[Any, Any]]:
        return [
            (gettext_lazy("made on"), instance.made_on),
            (gettext_lazy("made by"), instance.made_by and instance.made_by.get_full_name()),
            (gettext_lazy("recipient"), instance.recipient),
            (gettext_lazy("rows"), instance.row_count),
            (gettext_lazy("state"), instance.get_state_display()),
            (gettext_lazy("received on"), instance.received_on),
            (gettext_lazy("fingerprint (SHA-256)"), instance.sha256),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("recipient", "made_by")

    narrow_object = narrow_list

    def download_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return DownloadView.as_view(model_admin=self, instance_pk=instance_pk)(request)

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            re_path(
                self.url_helper.get_action_url_pattern("download"),
                self.download_view,
                name=self.url_helper.get_action_url_name("download"),
            ),
        )


class BookkeepingRowAdmin(RegisterModelAdmin):
    """Name, e-mail address and billed service: all that billing sees of a client (C25, C33)."""

    model = BookkeepingRow
    menu_label = gettext_lazy("Bookkeeping rows")
    menu_icon = "list-ol"
    menu_order = 150
    base_url_path = "kirjanpito"
    ordering = ("-entered_on",)
    search_fields = ("name", "reference")
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
        TitleColumn("name", label=gettext_lazy("Name"), url_name="kirjanpito_modeladmin_inspect"),
        Column("email", label=gettext_lazy("E-mail address"), classname=WIDE),
        Column("service_name", label=gettext_lazy("Billed service")),
        Column(
            "month",
            label=gettext_lazy("Month"),
            accessor=lambda row: f"{row.month:%m/%Y}",
            classname=WIDE,
        ),
        Column("amount", label=gettext_lazy("Amount (€)")),
        Column("reference", label=gettext_lazy("Line reference"), classname=WIDE),
    )

    def details_of(self, instance: BookkeepingRow) -> Sequence[tuple[Any, Any]]:
        return [
            (gettext_lazy("name"), instance.name),
            (gettext_lazy("e-mail address"), instance.email),
            (gettext_lazy("billed service"), instance.service_name),
            (gettext_lazy("month"), f"{instance.month:%m/%Y}"),
            (gettext_lazy("amount (€)"), instance.amount),
            (gettext_lazy("line reference"), instance.reference),
            (gettext_lazy("export batch"), instance.batch),
            (gettext_lazy("entered on"), instance.entered_on),
            (gettext_lazy("keep until"), instance.keep_until),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("batch", "order")

    narrow_object = narrow_list
