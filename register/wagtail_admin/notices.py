"""The clients who are to be told of a material change of the notice (C19)."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.domain.notices import giving
from register.domain.notices.giving import Told
from register.models import Client, MaterialChange
from register.reference.clock import today
from register.wagtail_admin.base.editing import add_errors
from register.wagtail_admin.base.inputs import DayField
from register.wagtail_admin.base.paginator import CappedPaginator
from register.wagtail_admin.base.screens import address

NAME = "register_to_be_told"
SHOWN = 100  # on one page


class ToldForm(forms.Form):
    """Who was told, and on which day. Which rows are the person's own, the verb asks."""

    given_on = DayField(label=gettext_lazy("Told on"))
    row = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages={"required": gettext_lazy("Tick the clients who were told.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"given_on": today()})
        # Each is looked up as a row: what is none is refused.
        sent = data.getlist("row") if data is not None else []
        self.fields["row"].choices = [(each, each) for each in sent if _is_key(each)]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        return set(self.data.getlist("row")) if self.is_bound else set()  # type: ignore[attr-defined]


def _is_key(value: str) -> bool:
    with suppress(ValueError):
        return str(UUID(value)) == value
    return False


@method_decorator(never_cache, name="dispatch")
class ToBeToldView(WagtailAdminTemplateMixin, TemplateView):
    """What changed, who is to be told, the day, and one button."""

    template_name = "register/admin/to_be_told.html"
    page_title = gettext_lazy("Clients to be told")
    header_icon = "group"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not giving.tells(by=request.user, today=today()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ToldForm(request.POST)
        if not form.is_valid():
            return self.refuse(form)
        try:
            told = giving.tell(
                rows=form.cleaned_data["row"],
                given_on=form.cleaned_data["given_on"],
                by=request.user,
                today=today(),
            )
        except PermissionDenied:
            raise Http404 from None
        except ValidationError as refused:
            add_errors(form, refused)
            return self.refuse(form)
        self.say(told)
        card = request.POST.get("client", "")
        if _is_key(card):
            return redirect(address(Client, "inspect", card))
        return redirect(self.request.get_full_path())

    def refuse(self, form: ToldForm) -> HttpResponse:
        """Show the list again; what was ticked and typed is still there."""
        return self.render_to_response(self.get_context_data(form=form))

    def say(self, told: Told) -> None:
        if told.now:
            words = ngettext(
                "%(count)d client was marked as told.",
                "%(count)d clients were marked as told.",
                told.now,
            )
            messages.success(self.request, words % {"count": told.now})
        if told.before:
            words = ngettext(
                "%(count)d client had been told before: that day stands.",
                "%(count)d clients had been told before: those days stand.",
                told.before,
            )
            messages.warning(self.request, words % {"count": told.before})
        if told.erased:
            words = ngettext(
                "%(count)d client was erased meanwhile.",
                "%(count)d clients were erased meanwhile.",
                told.erased,
            )
            messages.warning(self.request, words % {"count": told.erased})

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or ToldForm()
        asked: dict[str, Any] = {"by": self.request.user, "today": today()}
        change = giving.newest()
        if change:
            kwargs |= self.page_of_rows(change, ticked=form.ticked, **asked)
        return super().get_context_data(
            change=change,
            purposes=giving.waiting_purposes(change) if change else [],
            by_name=giving.in_order_of_names(**asked),
            form=form,
            media=form.media,
            **kwargs,
        )

    def page_of_rows(
        self, change: MaterialChange, *, ticked: set[str], **asked: Any
    ) -> dict[str, Any]:
        paginator = CappedPaginator(giving.waiting(change, **asked), SHOWN)
        number = paginator.number(self.request.GET.get("p"))
        stop = number * SHOWN
        rows = giving.to_be_told(change, start=stop - SHOWN, stop=stop, **asked)
        return {
            "rows": [(row, name, str(row.pk) in ticked) for row, name in rows],
            "paginator": paginator,
            "page_number": number,
            "has_next": paginator.count > stop,
        }


def urls() -> list[URLPattern]:
    """Return the address of the page."""
    return [path("kerrottavat/", ToBeToldView.as_view(), name=NAME)]
