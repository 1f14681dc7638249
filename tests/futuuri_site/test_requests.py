"""A Content-Type that Django can't use doesn't reach the server as an error."""

import pytest
from django.test import RequestFactory

from futuuri_site.middleware import refuse_other_charsets
from futuuri_site.requests import SiteASGIRequest, SiteWSGIRequest

UNUSABLE = {
    "a codec of no text": ("text/plain; charset=base64", "a=b"),
    "a codec that decodes nothing": ("text/plain; charset=undefined", "a=b"),
    "an unknown codec in a parameter": ("text/plain; x*=nonsense''a", ""),
    "a null character": ("text/plain; charset*=utf-8''%00", ""),
    "too long a query": ("text/plain; charset=utf-8", "a=b&" * 1100),
}


def make_wsgi(content_type, query):
    environ = RequestFactory().get("/").environ
    return SiteWSGIRequest(environ | {"CONTENT_TYPE": content_type, "QUERY_STRING": query})


def make_asgi(content_type, query):
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": query.encode(),
        "headers": [(b"content-type", content_type.encode())],
    }
    return SiteASGIRequest(scope, None)


@pytest.mark.parametrize("make", [make_wsgi, make_asgi])
@pytest.mark.parametrize("why", UNUSABLE)
def test_it_reaches_the_middleware_and_no_further(make, why):
    def nothing_further(request):
        raise AssertionError

    assert refuse_other_charsets(nothing_further)(make(*UNUSABLE[why])).status_code == 400


@pytest.mark.parametrize("make", [make_wsgi, make_asgi])
def test_a_usable_one_is_as_django_makes_it(make):
    request = make("application/json; charset=utf-8", "a=%C3%A4")
    assert (request.content_type, request.content_params) == (
        "application/json",
        {"charset": "utf-8"},
    )
    assert request.GET["a"] == "ä"
