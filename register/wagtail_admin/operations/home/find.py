"""The search on the first screen: answered in place, by POST (C33, C38)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin.auth import require_admin_access

from register.access.gate import changeable
from register.domain.clients import finding
from register.models import Client
from register.reference.clock import today
from register.text.validators import TOO_LONG
from register.wagtail_admin.base.index import LONGEST_QUERY
from register.wagtail_admin.operations.home.rows import client_rows

NAME = "register_find_client"
SHOWN = 8  # what is seen without scrolling; whoever is not among them types one word more


@method_decorator([never_cache, require_admin_access], name="dispatch")
class FindView(View):
    """A piece of a page: the own clients who match. It has no address that says for whom."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        day = today()
        if changeable(Client, by=request.user, today=day).query.is_empty():
            raise Http404
        query = request.POST.get("q", "").replace("\x00", "").strip()
        return TemplateResponse(
            request, "register/admin/home/found.html", self.found(query) if query else {}
        )

    def found(self, query: str) -> dict[str, Any]:
        if len(query) > LONGEST_QUERY:
            refusal = TOO_LONG % {"limit_value": LONGEST_QUERY, "show_value": len(query)}
            return {"refusal": refusal}
        day = today()
        clients, hits = finding.find(query, by=self.request.user, today=day, limit=SHOWN)
        return {
            "rows": client_rows(clients, today=day),
            "hits": hits,
            "is_capped": hits > finding.COUNTED,
            "more": hits > len(clients),
        }


def urls() -> list[URLPattern]:
    """Return the address of the search."""
    return [path("hae-asiakas/", FindView.as_view(), name=NAME)]
