"""What the site asks of every request and response: one charset, and policies for browsers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.urls import reverse

GetResponse = Callable[[HttpRequest], HttpResponse]


def keep_to_ourselves(get_response: GetResponse) -> GetResponse:
    """Let no other site show or read what is served here, static files included (C37).

    And let no page ask a browser for what none of ours needs: place, camera, payment.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


class AdminContentSecurityPolicy:
    """Relax the policy for Wagtail's own pages only: everything public stays strict (C37)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response


def refuse_other_charsets(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a request that claims a charset other than UTF-8, that of our pages.

    Django decodes query and body by it, and where it can't, the error reaches the error pages as
    well, and then the server. So this stands before whatever reads them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() != "utf-8":
            return HttpResponseBadRequest(render_to_string("400.html"))
        return get_response(request)

    return middleware
