"""Answering for stored pages before session, language and Wagtail are asked (C01, C02)."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.urls import reverse
from django.utils.cache import get_conditional_response

from privacy_notice.models import Freshness
from privacy_notice.models.stored_pages import Storable
from privacy_notice.serving import shell, storing

Answer = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD")
HEADERS = {
    # A proxy may keep it, and asks before it sends it again: a publication is seen at once.
    "Cache-Control": "public, max-age=0, must-revalidate",
    "Vary": "Accept-Encoding",
    "X-Frame-Options": "DENY",
}


def answer_at_once(get_response: Answer) -> Answer:
    """Middleware that sends stored pages, and stores those whose answer says that they may be.

    It stands behind what refuses a request (another charset, a standstill) and what adds headers
    to every answer, and before sessions and languages: the address alone tells which page it is.
    """
    admin = reverse("wagtailadmin_home")

    def answer(request: HttpRequest) -> HttpResponseBase:
        preview = getattr(request, "is_dummy", False)
        if request.method not in READING or preview or request.path.startswith(admin):
            return get_response(request)
        host, path = request.get_host(), request.path
        found = storing.find(host=host, path=path, packed=_accepts_gzip(request))
        if found:
            return _send(request, found)
        key, number = shell.key(), Freshness.objects.number()
        response = get_response(request)
        storable = _storable(response, number)
        if not storable or not isinstance(response, HttpResponse):
            return response
        stored = storing.store(
            host=host,
            path=path,
            number=storable.number,
            language=storable.language,
            content_type=response.headers["Content-Type"],
            content=response.content,
            packed=_accepts_gzip(request),
            key=key,
        )
        return _send(request, stored)

    return answer


def _storable(response: HttpResponseBase, number: int) -> Storable | None:
    """Return what the answer says of itself; a page that knows nothing of us, its language only."""
    if storable := getattr(response, "storable", None):
        return cast(Storable, storable)
    language = getattr(response, "storable_in", "")
    return Storable(number, language) if language else None


def _accepts_gzip(request: HttpRequest) -> bool:
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def _send(request: HttpRequest, body: storing.Body) -> HttpResponseBase:
    tag = f'"{body.tag}{"-gzip" if body.packed else ""}"'
    headers = {**HEADERS, "ETag": tag, "Content-Language": body.language}
    headers["Content-Type"] = body.content_type
    if body.packed:
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(body.content, headers=headers)
    found = get_conditional_response(request, etag=tag, response=response) or response
    # What is around needs to add nothing that depends on the page.
    found.as_stored = True  # type: ignore[attr-defined]
    return found
