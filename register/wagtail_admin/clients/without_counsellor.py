"""The main user's list of clients whom nobody who is there is responsible for (C33, C34)."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.domain.clients import without_counsellor
from register.models.staff import named
from register.reference.clock import today
from register.wagtail_admin.base.hand_over_link import hand_over_address
from register.wagtail_admin.base.paginator import CappedPaginator

NAME = "register_without_counsellor"
SHOWN = 50  # on one page


@method_decorator(never_cache, name="dispatch")
class WithoutCounsellorView(WagtailAdminTemplateMixin, TemplateView):
    """Register number, services, how long they last, who is away; and the way to hand over."""

    template_name = "register/admin/without_counsellor.html"
    page_title = gettext_lazy("Without a counsellor who is there")
    header_icon = "group"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not without_counsellor.may_look(by=request.user, today=today()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = CappedPaginator(without_counsellor.rows(today()), SHOWN)
        number = paginator.number(self.request.GET.get("p"))
        stop = number * SHOWN
        found = without_counsellor.read(
            by=self.request.user, today=today(), start=stop - SHOWN, stop=stop
        )
        return super().get_context_data(
            rows=found,
            absent=[
                (named(member.user), hand_over_address(member))
                for member in without_counsellor.absent(by=self.request.user, today=today())
            ],
            of_nobody=hand_over_address(None),
            paginator=paginator,
            page_number=number,
            has_next=paginator.count > stop,
            **kwargs,
        )


def urls() -> list[URLPattern]:
    """Return the address of the page."""
    return [path("ilman-ohjaajaa/", WithoutCounsellorView.as_view(), name=NAME)]
