"""What the site asks of every request and response: language, charset, policies for browsers."""

from collections.abc import Callable
from dataclasses import asdict

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property

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


class ContentSecurityPolicy(CSPMiddleware):
    """The policy of every page: for one that is sent as it was stored, put together once (C37)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not getattr(response, "as_stored", False):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.plain)
        return response

    @cached_property
    def plain(self) -> str:
        parts = self.get_policy_parts(request=HttpRequest(), response=HttpResponse())
        return build_policy(**asdict(parts))


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


def speak_as_the_address_says(get_response: GetResponse) -> GetResponse:
    """Answer in the language that the address begins with, else in the site's own.

    What a browser prefers is no matter: one address is one page. This stands before whatever
    refuses a request, so that the refusal is in the language of the address as well.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def language_of(path: str) -> str:
    """Return the language of an address of this site; `/sv-fi/` is none of Swedish."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


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
