"""Export batches and their files (C24, C25)."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from register.access.gate import may_see
from register.access.standing import User
from register.domain.billing import downloads
from register.domain.retention import hastening
from register.exceptions import FileDamaged, FileUnavailable
from register.models import Client, ExportBatch
from register.models.staff import named
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.objects import InspectView, ObjectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain


def mark_received(batch: ExportBatch, **asked: Any) -> None:
    try:
        downloads.mark_received(batch=batch, **asked)
    except FileDamaged:
        raise ValidationError(
            _("The file is missing or damaged, so nobody can say what was received.")
        ) from None
    except FileUnavailable:
        raise ValidationError(_("The file is not made yet.")) from None


def what_a_receipt_does(batch: ExportBatch, *, by: User, today: date) -> list[Any]:
    """Say how many clients the receipt lets go: in January it ends their wait for billing."""
    clients = Client.objects.filter(orders__bookkeeping_row__batch=batch)
    try:
        soon = hastening.foresee(
            partial(downloads.mark_received, batch=batch, seen=None, by=by, today=today),
            clients=set(clients.values_list("pk", flat=True)),
            today=today,
        )
    except FileUnavailable:
        return [_("The file is missing or damaged, so nobody can say what was received.")]
    told = {"rows": batch.row_count, "day": plain(soon.day), "clients": len(soon.clients)}
    return [
        ngettext(
            "You vouch that the finance provider has the file, with %(rows)d billed service.",
            "You vouch that the finance provider has the file, with %(rows)d billed services.",
            batch.row_count,
        )
        % told,
        ngettext(
            "Of its clients %(clients)d is erased by the next retention run, on %(day)s soon "
            "after midnight.",
            "Of its clients %(clients)d are erased by the next retention run, on %(day)s soon "
            "after midnight.",
            len(soon.clients),
        )
        % told,
        _("A receipt can't be taken back. The file is removed some days later."),
    ]


class BatchScreen(InspectView):
    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = super().get_header_buttons()
        if self.instance.is_downloadable:
            buttons.append(
                HeaderButton(
                    _("Download the file"),
                    url=address(self.instance, "download"),
                    icon_name="download",
                )
            )
        return buttons


class DownloadView(ObjectView):
    """Hand out a batch's file: each download is logged with the clients in it."""

    def check_action_permitted(self, user: User) -> bool:
        return may_see(user, self.instance, today=self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            file = downloads.open_file(
                batch=self.instance, by=request.user, today=self.model_admin.today
            )
        except FileUnavailable:
            messages.error(request, _("The file is not there: it is not made yet, or removed."))
            return redirect(address(self.instance, "inspect"))
        return FileResponse(  # type: ignore[return-value]
            file, as_attachment=True, filename=f"{self.instance}.txt", content_type="text/csv"
        )


class ExportBatchAdmin(RegisterModelAdmin):
    """What was disclosed for billing, when and to whom."""

    model = ExportBatch
    ordering = ("-made_on",)
    adds_from_list = False
    inspect_view_class = BatchScreen
    object_views = {"download": DownloadView}
    columns = (
        Column("number", label=gettext_lazy("Batch"), accessor=str),
        Column("made_on", sortable=True),
        Column("recipient", desktop_only=True),
        Column("row_count", desktop_only=True),
        "state",
    )
    details = (
        "made_on",
        Detail("made_by", accessor=lambda batch: batch.made_by and named(batch.made_by)),
        "recipient",
        "row_count",
        "state",
        "received_on",
        Detail("sha256", label=gettext_lazy("Fingerprint (SHA-256)")),
    )
    actions = (
        ObjectAction(
            name="received",
            label=gettext_lazy("Mark as received"),
            explanation=gettext_lazy(
                "When the finance provider has the file. Until then its clients wait in January."
            ),
            done=gettext_lazy("The batch is marked as received."),
            offered=lambda batch: batch.awaits_receipt,
            run=mark_received,
            consequences=what_a_receipt_does,
            serious=False,
        ),
    )

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("recipient", "made_by")
