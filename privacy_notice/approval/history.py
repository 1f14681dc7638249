"""Wagtail's history of a notice leads to what was published, with the facts of its day (C01, C39).

Wagtail keeps the text of each draft and no facts: it would show today's beside an old text.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin import messages

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from privacy_notice.models.earlier_versions import COMPARISON, ONE_NAME
from privacy_notice.versions.of_drafts import revision_named, version_of

VIEW = "wagtailadmin_pages:revisions_view"
COMPARE = "wagtailadmin_pages:revisions_compare"


class LeadToVersions:
    """Middleware: before Wagtail's screens of drafts, for who may see them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name not in (VIEW, COMPARE):
            return None
        key, *names = args or kwargs.values()
        page = PrivacyNoticePage.objects.filter(pk=key).first()
        if page is None or not page.permissions_for_user(request.user).can_edit():
            return None
        versions = [_version(page, str(each)) for each in names]
        found = sorted({each.number for each in versions if each})
        if None not in versions and page.get_url():
            return redirect(_address(page, found))
        if name == COMPARE:
            messages.info(
                request,
                _(
                    "Compared here is the text alone, without the facts. Two published versions "
                    "are compared with the facts of their days."
                ),
            )
        return None


def _version(page: PrivacyNoticePage, name: str) -> NoticeVersion | None:
    revision = revision_named(page, name)
    return version_of(page, revision) if revision else None


def _address(page: PrivacyNoticePage, numbers: list[int]) -> str:
    """Return the public address of the version, or of the comparison of the two."""
    with translation.override(page.locale.language_code):
        below = page.reverse_subpage(COMPARISON if numbers[1:] else ONE_NAME, args=numbers)
    return f"{page.get_url()}{below}"
