"""The screens of what waits for approval, and of the versions that were published."""

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from privacy_notice.approval.approving import approve
from privacy_notice.approval.forms import PREFIX, ApprovalForm, ReasonForm, WithdrawalForm
from privacy_notice.approval.looking import Proposal
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.guarding.approvers import approves, restores
from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from privacy_notice.versions.putting_back import previous, put_back
from privacy_notice.versions.withdrawing import withdraw
from register.exceptions import Stale
from register.models.staff import named
from register.reference.clock import today

APPROVAL = "privacy_notice_approval"
VERSIONS = "privacy_notice_versions"
PUT_BACK = "privacy_notice_put_back"
WITHDRAW = "privacy_notice_withdraw"
CHANGED = gettext_lazy(
    "The draft or a fact has changed since you opened this page, so nothing was published. Look "
    "at the differences below, which are of now, and approve then."
)


@method_decorator(never_cache, name="dispatch")
class NoticeView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one notice, for whoever edits or approves it. To others there is none."""

    header_icon = "tasks"
    _show_breadcrumbs = True
    page: PrivacyNoticePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(PrivacyNoticePage, pk=kwargs["page_id"])
        if not self.allowed():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> Any:
        return self.request.user

    def allowed(self) -> bool:
        may_edit: bool = self.page.permissions_for_user(self.user).can_edit()
        return may_edit or self.restores

    @property
    def approves(self) -> bool:
        return approves(self.user, today=today())

    @property
    def restores(self) -> bool:
        return restores(self.user, today=today())

    def get_page_subtitle(self) -> str:
        return str(self.page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(VERSIONS, args=[self.page.pk]), "label": self.page.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = self.page.permissions_for_user(self.user).can_edit()
        return super().get_context_data(
            page=self.page,
            approves=self.approves,
            restores=self.restores,
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if may_edit else "",
            versions_url=reverse(VERSIONS, args=[self.page.pk]),
            **kwargs,
        )


class ApprovalView(NoticeView):
    """What would be published, and to the approver the form that publishes it."""

    page_title = gettext_lazy("Approval of the privacy notice")
    template_name = "privacy_notice/admin/approval.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal = kwargs.pop("proposal", None) or Proposal(self.page, now=timezone.now())
        form = kwargs.pop("form", None)
        if form is None and self.may_approve(proposal):
            form = ApprovalForm(proposal=proposal)
        rows = [
            (each, form[f"{PREFIX}{each.clause}"] if form and each.asks else None)
            for each in proposal.stated
        ]
        return super().get_context_data(proposal=proposal, form=form, rows=rows, **kwargs)

    def may_approve(self, proposal: Proposal) -> bool:
        return self.approves and proposal.waiting is not None and not proposal.lacks

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.approves:
            raise Http404
        proposal = Proposal(self.page, now=timezone.now())
        form = ApprovalForm(request.POST, proposal=proposal)
        status = 200
        if form.is_valid():
            try:
                return self.approve(form)
            except (Stale, OffTheAir) as refused:
                status = 409
                proposal = Proposal(self.page, now=timezone.now())
                form.add_error(None, str(refused) if isinstance(refused, OffTheAir) else CHANGED)
                form.show_anew(proposal)
            except ValidationError as refused:
                form.add_error(None, refused.messages)
        return self.render_to_response(
            self.get_context_data(form=form, proposal=proposal), status=status
        )

    def approve(self, form: ApprovalForm) -> HttpResponse:
        approve(
            self.page,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
            material=form.cleaned_data.get("material", False),
            reasons=form.reasons(),
            same=form.cleaned_data["same"],
            by=self.user,
            now=timezone.now(),
        )
        self.page.refresh_from_db()
        scheduled = self.page.scheduled_revision
        messages.success(
            self.request,
            _("Approved. It is published at the time that was set.")
            if scheduled
            else _("Approved and published."),
        )
        return redirect(VERSIONS, self.page.pk)


class VersionsView(NoticeView):
    """The versions that were published, with who approved them and why."""

    page_title = gettext_lazy("Published versions")
    template_name = "privacy_notice/admin/versions.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = NoticeVersion.objects.of(self.page).select_related(
            "withdrawal", "approval__approved_by", "approval__restores"
        )
        return super().get_context_data(
            versions=[(each, _approver(each)) for each in versions],
            previous=previous(self.page),
            current=NoticeVersion.objects.current(self.page),
            approval_url=reverse(APPROVAL, args=[self.page.pk]),
            **kwargs,
        )


def _approver(version: NoticeVersion) -> str:
    approval = getattr(version, "approval", None)
    return named(approval.approved_by) if approval and approval.approved_by else "–"


class ReasonView(NoticeView, ABC):
    """A page with what happens, a reason, and the button."""

    template_name = "privacy_notice/admin/with_reason.html"
    form_class: Any = ReasonForm
    button: Any
    words: Any
    done: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form_class())
        return super().get_context_data(
            number=kwargs.pop("number", self.number()),
            words=self.words,
            button=self.button,
            **kwargs,
        )

    @abstractmethod
    def number(self) -> int:
        """Return the number of the version that it is about."""

    @abstractmethod
    def act(self, reason: str) -> None:
        """Do what the button says. Stale when the versions have changed; ValidationError."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, status = self.form_class(request.POST), 200
        if form.is_valid():
            try:
                self.act(form.cleaned_data["reason"])
            except Stale:
                status = 409
                form.add_error(
                    None, _("The versions have changed meanwhile, so nothing was done. Look again.")
                )
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                messages.success(request, self.done)
                return redirect(VERSIONS, self.page.pk)
        return self.render_to_response(self.get_context_data(form=form), status=status)


class PutBackView(ReasonView):
    """In an emergency: the previous version, at once."""

    page_title = gettext_lazy("Put the previous version back")
    button = gettext_lazy("Put it back and publish now")
    words = gettext_lazy(
        "Readers see at once what the previous version said, its facts included. It becomes a new "
        "version; nothing that was published is changed, and a draft stays in the page's history."
    )
    done = gettext_lazy("The previous version was put back.")

    def allowed(self) -> bool:
        return self.restores and previous(self.page) is not None

    def number(self) -> int:
        version = previous(self.page)
        return version.number if version else 0

    def act(self, reason: str) -> None:
        seen = self.request.POST.get("number", "")
        number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
        put_back(self.page, seen=number, reason=reason, by=self.user, now=timezone.now())


class WithdrawView(ReasonView):
    """A version that was published by mistake goes from the public list."""

    page_title = gettext_lazy("Withdraw a version")
    button = gettext_lazy("Withdraw the version")
    words = gettext_lazy(
        "The public sees the reason in the place of the version, and neither its text nor what it "
        "changed. The version itself stays stored as it was."
    )
    done = gettext_lazy("The version was withdrawn from the public list.")
    form_class = WithdrawalForm

    def allowed(self) -> bool:
        return self.approves and self.withdrawable()

    def withdrawable(self) -> bool:
        versions = NoticeVersion.objects.of(self.page)
        current = versions.current(self.page)
        number = self.number()
        there = versions.filter(number=number).exists()
        return there and current is not None and current.number != number

    def number(self) -> int:
        return int(self.kwargs["number"])

    def act(self, reason: str) -> None:
        withdraw(self.page, number=self.number(), reason=reason, by=self.user, now=timezone.now())
