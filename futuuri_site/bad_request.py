"""A request that Django refuses: too much at once is told apart from what can't be understood."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a text longer than is read at all, and say that nothing is lost; else 400.

    The page asks no database: what was sent is not read, so nobody knows whose it is.
    """
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponseBadRequest(render_to_string("400.html"))
