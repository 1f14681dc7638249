"""Making an export batch: what it will hold, one confirmation, and the batch (C24, C25)."""

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.domain.billing import exporting, preview
from register.exceptions import DayInDoubt, NoRecipient, NotAllowed, NotTogether
from register.models import ExportBatch
from register.models.billing import BatchState
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain

NAME = "register_make_batch"
# A browser waits so long; what is left is made by the night's export, or by pressing again.
SECONDS = 20
REFUSALS = {
    NoRecipient: gettext_lazy(
        "No finance provider is in use under a valid contract: a main user adds it first."
    ),
    DayInDoubt: gettext_lazy(
        "The machine's clock may have jumped: a main user says if it is right."
    ),
    NotTogether: gettext_lazy(
        "The register was restored from a backup, and is looked through first."
    ),
}


@method_decorator(never_cache, name="dispatch")
class MakingView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what the batch will hold, and makes it when that is confirmed."""

    template_name = "register/admin/make_batch.html"
    page_title = gettext_lazy("Make an export batch")
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        batches = {
            "url": address(ExportBatch, "index"),
            "label": ExportBatch._meta.verbose_name_plural.capitalize(),  # type: ignore[union-attr]
        }
        return [*super().get_breadcrumbs_items(), batches, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = preview.preview(by=self.request.user, today=today())
        if shown is None:
            raise Http404
        return super().get_context_data(
            preview=shown,
            total=plain(shown.unbilled.total),
            without_email=[
                (order.client.name, order.service, plain(order.price))
                for order in shown.without_email
            ],
            back_url=address(ExportBatch, "index"),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            batch = exporting.export(
                today=today(),
                by=request.user,
                until=time.monotonic() + SECONDS,
            )
        except NotAllowed:
            raise Http404 from None
        except tuple(REFUSALS) as refusal:
            messages.error(request, REFUSALS[type(refusal)])
            return redirect(NAME)
        if batch is None:
            day = today()
            messages.warning(
                request,
                _("On 31 January no batch is made, for no file outlives it: make it tomorrow.")
                if (day.month, day.day) == exporting.NO_FILE_ON
                else _("There was nothing to bill: no batch was made."),
            )
            return redirect(address(ExportBatch, "index"))
        if batch.state == BatchState.OPEN:
            messages.warning(request, _("The batch is still being made. Press again to go on."))
            return redirect(NAME)
        messages.success(request, _("Batch %(batch)s is ready for download.") % {"batch": batch})
        return redirect(address(batch, "inspect"))


def urls() -> list[URLPattern]:
    """Return the address of the page."""
    return [path("muodosta-siirtoera/", MakingView.as_view(), name=NAME)]
