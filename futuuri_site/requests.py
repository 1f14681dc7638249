"""Requests whose Content-Type can't be used, which Django tries before any middleware."""

from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest


class UnusableContentType:
    """Let a request whose Content-Type can't be used reach the middleware, which refuses it.

    Django parses the header while it makes the request, and decodes the query by it. Nothing
    stands above that but the server, which would answer in its own words.
    """

    content_type: str | None
    content_params: dict[str, str] | None

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except Exception:  # of the header, the codec that it names, or the query's length
            self.content_type, self.content_params = "", {"charset": ""}


class SiteWSGIRequest(UnusableContentType, WSGIRequest):
    pass


class SiteASGIRequest(UnusableContentType, ASGIRequest):
    pass
