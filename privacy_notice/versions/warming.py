"""Stored again at once after a publication, so that the first reader waits for nothing (C01)."""

import logging
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

from privacy_notice.models import PrivacyNoticePage

logger = logging.getLogger(__name__)


def warm(pk: int) -> None:
    """Ask for the notice in each of its languages as a reader would.

    It is past the publication, which it never holds up: what fails here is made for the first
    reader instead.
    """
    page = PrivacyNoticePage.objects.filter(pk=pk).first()
    if page is None:
        return
    for notice in page.get_translations(inclusive=True).live():
        try:
            _ask_for(notice.get_full_url())
        except Exception:
            logger.exception("A page could not be stored after its publication.")


def _ask_for(address: str | None) -> None:
    if address is None:
        return  # it belongs to no site
    handler = BaseHandler()
    handler.load_middleware()
    spoken = translation.get_language()
    try:
        # Not closed: that would end the connection to the database as well.
        handler.get_response(WSGIRequest(_asking_for(address)))
    finally:
        if spoken:
            translation.activate(spoken)


def _asking_for(address: str) -> dict[str, Any]:
    """Return the environment of a request, as the server in front of the site would send it on."""
    parts = urlsplit(address)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "HTTP_X_FORWARDED_PROTO": parts.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": parts.scheme,
    }
