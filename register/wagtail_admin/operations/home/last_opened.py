"""The last clients whose cards were opened: behind one click, since others see the screen too."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.access.gate import changeable
from register.domain.clients import finding
from register.models import Client
from register.reference.clock import today
from register.wagtail_admin.clients.card import ClientCard
from register.wagtail_admin.operations.home.rows import client_rows

NAME = "register_last_opened"
SHOWN = 5
# What the log calls a card that was opened (`RegisterView.view_name`).
CARD = f"client_{ClientCard.__name__.lower()}"


@method_decorator(never_cache, name="dispatch")
class LastOpenedView(WagtailAdminTemplateMixin, TemplateView):
    """Five own clients, the one opened last first."""

    template_name = "register/admin/home/last_opened.html"
    page_title = gettext_lazy("Last opened clients")
    header_icon = "group"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if changeable(Client, by=request.user, today=today()).query.is_empty():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = today()
        found = finding.last_opened(view=CARD, by=self.request.user, today=day, limit=SHOWN)
        return super().get_context_data(rows=client_rows(found, today=day), **kwargs)


def urls() -> list[URLPattern]:
    """Return the address of the page."""
    return [path("viimeksi-avatut/", LastOpenedView.as_view(), name=NAME)]
