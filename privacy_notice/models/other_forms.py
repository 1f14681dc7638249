"""The public addresses of the notice's other forms: for machines and for paper (C01)."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from privacy_notice.models.earlier_versions import ONE
from privacy_notice.models.versions import NoticePdf, NoticeVersion
from register.text import days

GONE = 410
JSON_LD = "application/ld+json"
AS_WRITTEN = {"ensure_ascii": False, "indent": 1}
# Part of the address, in the language of the page: not to be changed in any.
PLACE = pgettext_lazy("address", "data/")


class OtherForms(RoutablePageMixin):
    """What the notice is besides a page: whatever is published is published in each of them."""

    @path(PLACE, name="twin")  # type: ignore[untyped-decorator]
    def twin(self, request: HttpRequest) -> JsonResponse:
        """Give what is in force to a machine."""
        return self._twin(NoticeVersion.objects.current(cast(Any, self)))

    @path(format_lazy("{}{}", ONE, PLACE), name="twin_of_version")  # type: ignore[untyped-decorator]
    def twin_of_version(self, request: HttpRequest, number: int) -> JsonResponse:
        """Give one version to a machine, as it was; of one that was withdrawn, only why."""
        versions = NoticeVersion.objects.of(cast(Any, self)).select_related("contact", "withdrawal")
        return self._twin(versions.filter(number=number).first())

    @path("pdf/", name="pdf")  # type: ignore[untyped-decorator]
    def pdf(self, request: HttpRequest) -> HttpResponse:
        """Give what is in force as a PDF."""
        current = NoticeVersion.objects.current(cast(Any, self))
        found = NoticePdf.objects.filter(version=current).first()
        if found is None:
            raise Http404
        return HttpResponse(bytes(found.content), content_type="application/pdf")

    def _twin(self, version: NoticeVersion | None) -> JsonResponse:
        if version is None:
            raise Http404
        if withdrawal := getattr(version, "withdrawal", None):
            with translation.override(version.language):
                told = _(
                    "Version %(number)s was published by mistake and was withdrawn on %(day)s."
                )
                told = told % {
                    "number": version.number,
                    "day": days.written(withdrawal.withdrawn_on),
                }
            return JsonResponse(
                {"detail": told, "reason": withdrawal.reason},
                status=GONE,
                json_dumps_params=AS_WRITTEN,
            )
        return JsonResponse(
            version.for_machines(),
            content_type=JSON_LD,
            json_dumps_params=AS_WRITTEN,
        )
