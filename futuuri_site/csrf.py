"""A form that was not taken: what to do about it, which is not the same each time."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)
# Django's own words for it (`django.middleware.csrf`).
ANOTHER_ADDRESS = "does not match any trusted origins."


def failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403, and say whether it is the address or the cookie.

    A site that is reached at another address than its settings say, if only by the port, refuses
    each form, and no cookie is to blame.
    """
    elsewhere = reason.endswith(ANOTHER_ADDRESS)
    if elsewhere:
        logger.warning(
            "A form came from another address than BASE_URL, host and port: is that one right?"
        )
    context = {"own_address": settings.WAGTAILADMIN_BASE_URL if elsewhere else ""}
    return render(request, "403_csrf.html", context, status=403)
