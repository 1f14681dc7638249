"""The public addresses under a notice: its versions, one as it was, and two compared (C01, C39)."""

from itertools import pairwise
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from privacy_notice.comparing import compare
from privacy_notice.models.versions import NoticeVersion

FOLDER = "privacy_notice/versions"
ALL, ONE_NAME, COMPARISON = "versions", "version", "comparison"
# Part of the addresses, in the language of the page: not to be changed in any.
PLACE = pgettext_lazy("address", "versions/")
ONE = format_lazy("{}<int:number>/", PLACE)
TWO = format_lazy("{}<int:old>-<int:new>/", PLACE)


class EarlierVersions(RoutablePageMixin):
    """What a page of versions needs besides the notice itself.

    A version is at the same address for good: what was published stays. From each of them the
    other languages are a link to the list of their own versions (`route`).
    """

    @path(PLACE, name=ALL)  # type: ignore[untyped-decorator]
    def all_versions(self, request: HttpRequest) -> TemplateResponse:
        """List the versions, the newest first."""
        versions = list(self._versions())
        if not versions:
            raise Http404
        shown = [each for each in versions if not _withdrawn(each)]
        before = dict(pairwise(shown))  # what was withdrawn can't be compared with
        return self._answer(
            request,
            "list",
            versions=[(each, before.get(each)) for each in versions],
            heading=_("Versions"),
        )

    @path(ONE, name=ONE_NAME)  # type: ignore[untyped-decorator]
    def one_version(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Show one version as it was, and say which is in force."""
        version = self._version(number)
        if withdrawn := _withdrawn(version):
            return self._say_withdrawn(request, withdrawn)
        return self._answer(
            request,
            "one",
            version=version,
            current=self._versions().first(),
            heading=_("Version %(number)d") % {"number": number},
        )

    @path(TWO, name=COMPARISON)  # type: ignore[untyped-decorator]
    def two_versions(self, request: HttpRequest, old: int, new: int) -> TemplateResponse:
        """Show what changed from one version to a later one."""
        if old >= new:
            raise Http404
        first, second = self._version(old), self._version(new)
        if withdrawn := _withdrawn(first, second):
            return self._say_withdrawn(request, withdrawn)
        return self._answer(
            request,
            "comparison",
            old=first,
            new=second,
            sections=compare(first.shown(), second.shown()),
            heading=_("What changed from version %(old)d to version %(new)d")
            % {"old": old, "new": new},
        )

    def _say_withdrawn(self, request: HttpRequest, version: NoticeVersion) -> TemplateResponse:
        heading = _("Version %(number)d") % {"number": version.number}
        return self._answer(request, "withdrawn", version=version, heading=heading)

    def _versions(self) -> Any:
        versions = NoticeVersion.objects.of(cast(Any, self))
        return versions.select_related("contact", "withdrawal")

    def _version(self, number: int) -> NoticeVersion:
        version = self._versions().filter(number=number).first()
        if version is None:
            raise Http404
        return cast(NoticeVersion, version)

    def _answer(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        page = cast(Any, self)
        return TemplateResponse(
            request, f"{FOLDER}/{name}.html", {**page.get_context(request), "route": ALL, **context}
        )


def _withdrawn(*versions: NoticeVersion) -> NoticeVersion | None:
    """Return the first of the versions that was withdrawn: what it said is not shown any more."""
    return next((each for each in versions if getattr(each, "withdrawal", None)), None)
