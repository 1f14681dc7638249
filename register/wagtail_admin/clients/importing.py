"""The screens on which a main user moves the company's earlier list of clients here (C22).

Three steps: the file; what its columns are; what becomes of each row. What stands in the file is
shown to who uploaded it, and is in no address, message, log or error.
"""

from contextlib import suppress
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.domain.clients.importing import choices as choosing
from register.domain.clients.importing import entering, kept, reading
from register.domain.clients.importing.comparing import ENTERED, State
from register.domain.clients.importing.kept import Upload
from register.domain.clients.importing.table import MOST_BYTES, MOST_ROWS, text_of
from register.exceptions import Erased, FileUnfit, NotAllowed, Stale
from register.reference.clock import today
from register.wagtail_admin.base.untold import AnswersUntold
from register.wagtail_admin.clients.importing_forms import ColumnsForm, UploadForm

NAME, COLUMNS, ROWS = "register_import", "register_import_columns", "register_import_rows"
GIVE_UP = "give_up"


class InMemory(FileUploadHandler):
    """Takes an upload into memory, and no more than may be imported: nothing lies on the disk.

    The file's own name, which may be a client's, is forgotten here.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.received.tell() + len(raw_data) > MOST_BYTES:
            self.request.upload_is_too_big = True  # type: ignore[union-attr]
            raise SkipFile
        self.received.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.received.seek(0)
        return InMemoryUploadedFile(self.received, "file", "list", None, file_size, None)


@method_decorator(never_cache, name="dispatch")
class Step(AnswersUntold, WagtailAdminTemplateMixin, TemplateView):
    """What the steps share: who may, and the way back."""

    page_title = gettext_lazy("Move an earlier list of clients here")
    header_icon = "download"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not entering.may_import(by=request.user, today=today()):
            raise Http404
        kept.erase_old(now=timezone.now())
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class UploadView(Step):
    """The first step: the file, and that it is the company's own earlier list."""

    template_name = "register/admin/import_file.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if getattr(request, "upload_is_too_big", False):
            form.errors.clear()
            form.add_error("file", reading.too_big().reason)
        if form.is_valid():
            try:
                data = form.cleaned_data["file"].read()
                key = kept.keep(data, whose=request.user, now=timezone.now())
            except FileUnfit as error:
                form.add_error("file", f"{error.reason} {_('The upload was erased.')}")
            else:
                return redirect(COLUMNS, key)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limits = {"rows": MOST_ROWS, "megabytes": MOST_BYTES // 1024**2}
        return super().get_context_data(**{"form": UploadForm(), "limits": limits, **kwargs})


protected_upload = csrf_protect(UploadView.as_view())


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """Look for the secret of the form only after it is said where an upload goes: to memory."""
    request.upload_handlers = [InMemory(request)]
    answer: HttpResponse = protected_upload(request)
    return answer


class OfUpload(Step):
    """A step with the file at hand."""

    upload: Upload

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not entering.may_import(by=request.user, today=today()):
            raise Http404
        key: UUID = kwargs["key"]
        if request.method == "POST" and request.POST.get("act") == GIVE_UP:
            return self.give_up(request, key)
        try:
            self.upload = kept.opened(key, whose=request.user, now=timezone.now())
        except (Erased, FileUnfit):
            messages.warning(
                request, _("The upload is not there any more: uploads are kept for two hours.")
            )
            return redirect(NAME)
        return super().dispatch(request, *args, **kwargs)

    def give_up(self, request: HttpRequest, key: UUID) -> HttpResponse:
        with suppress(Erased):
            kept.erase(kept.opened(key, whose=request.user, now=timezone.now()).key)
        messages.success(request, _("Nothing was imported, and the upload was erased."))
        return redirect(NAME)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table, choices = self.upload.table, self.upload.choices
        sheet = table.sheets[choices.sheet]
        return super().get_context_data(table=table, sheet=sheet, choices=choices, **kwargs)


class ColumnsView(OfUpload):
    """The second step: which sheet, where its headings are, and what the columns are."""

    template_name = "register/admin/import_columns.html"

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        form = ColumnsForm(self.upload, request.POST)
        refusals: list[str] = []
        if form.is_valid():
            if form.is_another_place():
                kept.choose(self.upload, form.guessed_anew())
                return redirect(COLUMNS, key)
            choices = form.chosen()
            kept.choose(self.upload, choices)
            refusals = choosing.complaints(self.upload.table, choices)
            if not refusals:
                return redirect(ROWS, key)
        return self.render_to_response(self.get_context_data(form=form, refusals=refusals))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or ColumnsForm(self.upload)
        return super().get_context_data(form=form, **kwargs)


class RowsView(OfUpload):
    """The third step: what becomes of each row, then the act itself, all or nothing."""

    template_name = "register/admin/import_rows.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if choosing.complaints(self.upload.table, self.upload.choices):
            return redirect(COLUMNS, self.upload.key)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        leaves = bool(request.POST.get("leaves_rows"))
        choices = choosing.from_dict({**self.upload.choices.as_dict(), "leaves_rows": leaves})
        try:
            outcome = entering.enter(
                self.upload.table,
                choices,
                seen=request.POST.get("seen", ""),
                by=request.user,
                today=today(),
            )
        except Stale:
            refusal = _("The register changed meanwhile: look through the rows once more.")
            return self.render_to_response(self.get_context_data(refusals=[refusal]))
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(refusals=error.messages))
        except ValueError:
            refusal = _("Nothing was imported. Mend what is wrong, or tick what is left out.")
            return self.render_to_response(self.get_context_data(refusals=[refusal]))
        except NotAllowed:
            kept.erase(key)
            raise Http404 from None
        except Exception:
            kept.erase(key)
            raise
        kept.erase(key)
        count = sum(outcome.counts.get(state, 0) for state in ENTERED)
        messages.success(
            request,
            ngettext(
                "%(count)d row was imported; its counsellor has the client now. The upload was "
                "erased: erase your own copy of the list as well.",
                "%(count)d rows were imported; their counsellors have the clients now. The upload "
                "was erased: erase your own copy of the list as well.",
                count,
            )
            % {"count": count},
        )
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload = self.upload
        outcome = entering.look(upload.table, upload.choices, by=self.request.user, today=today())
        sheet = upload.table.sheets[upload.choices.sheet]
        shown = [
            {
                "row": each,
                "who": str(each.read.facts.get("name", "")),
                "wrong": each.state is State.WRONG,
                "cells": ", ".join(
                    text for cell in sheet.rows[each.read.number - 1] if (text := text_of(cell))
                ),
            }
            for each in outcome.rows
        ]
        return super().get_context_data(
            outcome=outcome,
            counts=[(state.label, count) for state, count in outcome.counts.items()],
            count=sum(outcome.counts.get(state, 0) for state in ENTERED),
            shown=shown,
            **kwargs,
        )


def urls() -> list[URLPattern]:
    """Return the addresses of the steps."""
    return [
        path("tuonti/", upload, name=NAME),
        path("tuonti/<uuid:key>/", ColumnsView.as_view(), name=COLUMNS),
        path("tuonti/<uuid:key>/rivit/", RowsView.as_view(), name=ROWS),
    ]
