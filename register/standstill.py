"""What visitors read while database and private folder don't belong together (R15)."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from register.domain.access_log import restored

# A dump can be restored under a running server. So long, in seconds, may that go unnoticed, since
# a look costs a query; what stands still is looked at each time.
LOOK_EVERY = 5.0
RETRY_AFTER = "120"

Answer = Callable[[HttpRequest], HttpResponseBase]


def standstill(get_response: Answer) -> Answer:
    """Middleware that answers 503 to everything, while a restored database waits.

    It stands behind the health check and the static files, and before whatever reads the database.
    """
    looked_at: float | None = None

    def answer(request: HttpRequest) -> HttpResponseBase:
        nonlocal looked_at
        now = time.monotonic()
        if looked_at is None or now - looked_at > LOOK_EVERY:
            if restored.mismatch():
                looked_at = None
                return closed()
            looked_at = now
        return get_response(request)

    return answer


def closed() -> HttpResponse:
    """Return the page: the site's own 503.html, or the register's plain one."""
    page = render_to_string(["503.html", "register/503.html"])
    answer = HttpResponse(page, status=503)
    answer["Retry-After"] = RETRY_AFTER
    answer["Cache-Control"] = "no-store"
    return answer
