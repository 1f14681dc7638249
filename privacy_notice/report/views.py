"""The report on the promises, and the page on which a person confirms what no software sees."""

from itertools import groupby
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from privacy_notice.models import Approval, PromiseResult, SignOff
from privacy_notice.models.states import State
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import CHAPTERS, Promise, promises
from privacy_notice.report import picture
from privacy_notice.versions import apart
from privacy_notice.watch import history, signing, verifying
from privacy_notice.watch.verifying import in_this_language
from register.access.gate import may_create, may_list
from register.exceptions import Stale
from register.models.staff import named
from register.reference.clock import a_year_after, local, today

REPORT = "privacy_notice_promises"
STATE_PARAMETER = "tila"


@method_decorator(never_cache, name="dispatch")
class PromisesView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about the promises, for whoever may see their results. To others there is none."""

    page_title = gettext_lazy("Promises of the privacy notice")
    header_icon = "tasks"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.allowed(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, request: HttpRequest) -> bool:
        return may_list(request.user, PromiseResult, today=today())


class ReportView(PromisesView):
    """What was found last of each promise, in the chapters of the notice."""

    template_name = "privacy_notice/admin/promises.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        results, since = history.latest(), history.since()
        wanted = self.request.GET.get(STATE_PARAMETER, "")
        chosen = State(wanted) if wanted in State.values else None
        counts = {state: sum(row.state == state for row in results.values()) for state in State}
        rows = [
            self.row(promise, results[clause], since.get(clause))
            for clause, promise in promises().items()
            if clause in results and chosen in (None, results[clause].state)
        ]
        days = history.days(last=picture.DAYS)
        checked_at = history.checked_at()
        return super().get_context_data(
            **kwargs,
            differing=apart.everywhere(now=timezone.now()),
            may_approve=sees(self.request, Approval),
            chapters=[
                (CHAPTERS[chapter], list(those))
                for chapter, those in groupby(rows, key=lambda row: row["promise"].chapter)
            ],
            counts=[(state, counts[state]) for state in State],
            chosen=chosen,
            checked_at=local(checked_at) if checked_at else None,
            days=days,
            parts=picture.parts(days),
            picture_size=(picture.WIDTH, picture.HEIGHT),
            recent=days[:-15:-1],
        )

    def row(self, promise: Promise, result: PromiseResult, since: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return {
            "promise": promise,
            "state": State(result.state),
            "evidence": in_this_language(result.evidence),
            "since": since,
            "address": promise.seen_at.address(to=user),
            "sign_off": self.last_sign_off(promise),
            "may_confirm": promise.by_hand and may_create(user, SignOff, today=today()),
        }

    def last_sign_off(self, promise: Promise) -> str:
        """Return who confirmed what no software sees, and when, to whoever may know."""
        if not promise.by_hand or not sees(self.request, SignOff):
            return ""
        last = SignOff.objects.filter(clause=promise.clause).select_related("confirmed_by").first()
        if last is None:
            return ""
        return _("Last confirmed on %(day)s: %(person)s") % {
            "day": date_format(last.confirmed_on, "SHORT_DATE_FORMAT"),
            "person": named(last.confirmed_by) if last.confirmed_by else "–",
        }


class LookView(PromisesView):
    """Look at all promises now. A look changes nothing of what is looked at."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        verifying.record(verifying.look_at_all(now=now), now=now, today=local(now).date())
        messages.success(request, _("All promises were looked at."))
        return redirect(REPORT)


class ConfirmView(PromisesView):
    """The sentences that a person confirms, and the button that does."""

    template_name = "privacy_notice/admin/confirm_promise.html"

    def allowed(self, request: HttpRequest) -> bool:
        by_hand = self.promise is not None and bool(self.promise.by_hand)
        return by_hand and may_create(request.user, SignOff, today=today())

    @property
    def promise(self) -> Promise | None:
        return promises().get(self.kwargs["clause"].upper())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(REPORT), "label": self.page_title},
            {"url": "", "label": self.promise.title if self.promise else ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.promise  # noqa: S101 - `allowed` has asked
        last = SignOff.objects.filter(clause=self.promise.clause).first()
        return super().get_context_data(
            **kwargs,
            promise=self.promise,
            last=last,
            last_by=named(last.confirmed_by) if last and last.confirmed_by else "–",
            seen=last.number if last else 0,
            valid_until=a_year_after(today()),
            report_url=reverse(REPORT),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.promise  # noqa: S101 - `allowed` has asked
        seen = request.POST.get("seen", "")
        try:
            signing.confirm(
                clause=self.promise.clause,
                seen=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
                by=request.user,
                today=today(),
            )
        except Stale:
            messages.error(
                request,
                _("Somebody else has confirmed this meanwhile. Nothing was noted; see below."),
            )
            return self.render_to_response(self.get_context_data(), status=409)
        now = timezone.now()
        verifying.record(
            [verifying.look_at(self.promise, Look(now=now))], now=now, today=local(now).date()
        )
        messages.success(request, _("Confirmed: %(what)s.") % {"what": self.promise.title})
        return redirect(REPORT)


def sees(request: HttpRequest, model: type[Model]) -> bool:
    return may_list(request.user, model, today=today())
