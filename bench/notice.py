"""The privacy notice, as a visitor gets it, against a view that returns a constant of its size.

`DATABASE_URL=postgres://… python -m bench.notice [--requests N]` asks both of this process, through
the middleware that each needs: the constant through the whole stack without that of stored pages,
the notice through the site's own. It writes `bench/results/notice.json`, and fails when the notice
is answered at less than 0.6 of the constant's speed.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futuuri_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: E402
from django.core.signals import request_started  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from bench import population  # noqa: E402
from futuuri_site import urls as site_urls  # noqa: E402
from futuuri_site.content import pages  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "notice.json"
BOUND = 0.6
NOTICE, CONSTANT = "/tietosuojaseloste/", "/constant/"
AT_ONCE = "privacy_notice.serving.middleware.answer_at_once"
ROUNDS = 9
body = b""


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(body)


urlpatterns = [
    path(CONSTANT.lstrip("/"), constant),
    *site_urls.urlpatterns,
]


def ask(handler: WSGIHandler, address: str) -> bytes:
    """Return what a browser is sent: the notice packed, as any of them can unpack it."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_ACCEPT_LANGUAGE": "fi",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    request_started.send(sender=WSGIHandler)
    response: Any = handler.get_response(WSGIRequest(environ))
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return bytes(response.content)


def rate(requests: int, send: Callable[[], bytes]) -> float:
    """Return requests a second."""
    start = time.perf_counter()
    for _ in range(requests):
        send()
    return requests / (time.perf_counter() - start)


def main() -> int:
    global body
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=500)
    requests = parser.parse_args().requests
    others = [name for name in settings.MIDDLEWARE if name != AT_ONCE]
    with population.scratch_database(), override_settings(ROOT_URLCONF=__name__):
        # As the production settings have it: a connection is kept, and tried before it is used.
        connection.settings_dict |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        pages.create()
        site = WSGIHandler()
        with override_settings(MIDDLEWARE=others):
            plain = WSGIHandler()
        body = ask(site, NOTICE)
        measured: dict[str, list[float]] = {"constant": [], "notice": []}
        for _ in range(ROUNDS):  # in turns: what disturbs the one disturbs the other
            measured["constant"].append(rate(requests, lambda: ask(plain, CONSTANT)))
            measured["notice"].append(rate(requests, lambda: ask(site, NOTICE)))
    rates = {name: round(statistics.median(each)) for name, each in measured.items()}
    ratio = round(rates["notice"] / rates["constant"], 2)
    figures = {
        "bytes": len(body),
        "requests_a_second": rates,
        "ratio": ratio,
        "bound": BOUND,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    return 0 if ratio >= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())
