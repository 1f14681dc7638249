"""The site, where an error that tells a value reaches the server."""

from collections.abc import Callable
from typing import Any

from futuuri_site import wsgi


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    if environ["PATH_INFO"] != "/healthz":
        raise ValueError(environ["QUERY_STRING"])
    return wsgi.application(environ, start_response)
