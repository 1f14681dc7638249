"""The page that asks whether the day is right, when the clock may have jumped (C44)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.domain.access_log.trusted_day import Doubt, Traces
from register.domain.operations import doubtful_day
from register.exceptions import Stale
from register.reference.clock import local, today
from register.wagtail_admin.base.words import moment, plain

NAME = "register_day"
RIGHT, WRONG = "right", "wrong"


@method_decorator(never_cache, name="dispatch")
class DayView(WagtailAdminTemplateMixin, TemplateView):
    """What the clock says, what the newest traces say, and two buttons."""

    template_name = "register/admin/day.html"
    page_title = gettext_lazy("Is the day right?")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not doubtful_day.is_asked(by=request.user, today=today()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = doubtful_day.traces(by=request.user, today=today(), now=timezone.now())
        if found is None:
            messages.success(request, _("The day is not in doubt: nothing waits for it."))
            return redirect("wagtailadmin_home")
        return super().get(request, *args, traces=found, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_right = request.POST.get("answer") == RIGHT
        if not is_right and request.POST.get("answer") != WRONG:
            return redirect(NAME)
        try:
            doubtful_day.answer(
                is_right=is_right,
                seen=request.POST.get("seen", ""),
                by=request.user,
                today=today(),
                now=timezone.now(),
            )
        except PermissionDenied:
            raise Http404 from None
        except Stale:
            messages.error(
                request,
                _("The day or the doubt changed meanwhile. Nothing was done: look at it again."),
            )
            return redirect(NAME)
        if is_right:
            messages.success(request, _("Confirmed. What waited goes on now."))
        else:
            messages.warning(
                request,
                _(
                    "Noted. Nothing is erased, billed or published. Ask the administrator to "
                    "correct the machine's clock, and say then that the day is right."
                ),
            )
        return redirect("wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: Traces = kwargs["traces"]
        return super().get_context_data(
            **kwargs,
            is_ahead=found.doubt is Doubt.AHEAD,
            clock_says=moment(found.now),
            weekday=local(found.now),
            days=abs((local(found.now).date() - found.trusted_on).days) if found.trusted_on else 0,
            rows=[
                (_("Last day that the register trusted"), plain(found.trusted_on)),
                (_("Newest entry in the log of use"), plain(found.newest_entry)),
                (_("Newest erasure in the ledger"), plain(found.last_written)),
            ],
            seen=found.sign,
        )


def urls() -> list[URLPattern]:
    """Return the address of the page."""
    return [path("paivan-vahvistus/", DayView.as_view(), name=NAME)]
