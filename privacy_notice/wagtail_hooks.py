"""Registration of the notice's screens with Wagtail, and nothing else."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.rich_text.feature_registry import FeatureRegistry

from privacy_notice import shown_facts  # noqa: F401
from privacy_notice.approval import menu
from privacy_notice.approval import views as approval_views
from privacy_notice.approval.panel import NoticePanel
from privacy_notice.guarding import hooks as guarding
from privacy_notice.models import Approval, PromiseResult, SignOff, Withdrawal
from privacy_notice.models.approved import STOPPED
from privacy_notice.prose import preview, rich_text
from privacy_notice.prose import views as prose_views
from privacy_notice.report import views
from privacy_notice.report.panel import PromisesPanel
from privacy_notice.versions.withdrawing import WITHDRAWN
from register.access.gate import may_list
from register.models import RegisterLogEntry
from register.reference.clock import today

guarding.register()


class PromisesMenuItem(MenuItem):
    """Shown to whoever may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_list(request.user, PromiseResult, today=today())


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def promise_urls() -> list[URLPattern]:
    return [
        path("tietosuojaseloste/tosiasiat/", prose_views.facts, name=prose_views.FACTS),
        path(
            "tietosuojaseloste/<int:page_id>/hyvaksynta/",
            approval_views.ApprovalView.as_view(),
            name=approval_views.APPROVAL,
        ),
        path(
            "tietosuojaseloste/<int:page_id>/versiot/",
            approval_views.VersionsView.as_view(),
            name=approval_views.VERSIONS,
        ),
        path(
            "tietosuojaseloste/<int:page_id>/versiot/palauta/",
            approval_views.PutBackView.as_view(),
            name=approval_views.PUT_BACK,
        ),
        path(
            "tietosuojaseloste/<int:page_id>/versiot/<int:number>/peru/",
            approval_views.WithdrawView.as_view(),
            name=approval_views.WITHDRAW,
        ),
        path("reports/lupaukset/", views.ReportView.as_view(), name=views.REPORT),
        path(
            "reports/lupaukset/tarkista/",
            views.LookView.as_view(),
            name="privacy_notice_promises_look",
        ),
        path(
            "reports/lupaukset/<slug:clause>/vahvista/",
            views.ConfirmView.as_view(),
            name="privacy_notice_promises_confirm",
        ),
    ]


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def promises_menu_item() -> MenuItem:
    return PromisesMenuItem(
        _("Promises of the privacy notice"),
        reverse_lazy(views.REPORT),
        name="promises",
        icon_name="tasks",
        order=100,
    )


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def promises_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels += [PromisesPanel(request.user), NoticePanel(request.user)]


@hooks.register("construct_page_action_menu")  # type: ignore[untyped-decorator]
def approval_instead_of_publishing(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    menu.offer(menu_items, request, context)


@hooks.register("before_edit_page")  # type: ignore[untyped-decorator]
def changed_facts(request: HttpRequest, page: Any) -> None:
    menu.tell_of_facts(request, page)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("privacy_notice/admin.css"))


@hooks.register("register_rich_text_features")  # type: ignore[untyped-decorator]
def facts_in_text(features: FeatureRegistry) -> None:
    rich_text.register(features)


@hooks.register("construct_wagtail_userbar")  # type: ignore[untyped-decorator]
def check_how_the_text_reads(request: HttpRequest, items: list[Any], page: Any) -> None:
    preview.replace_checks(items)


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def keep_confirmations_in_the_registers_history(actions: LogActionRegistry) -> None:
    """What a person confirmed is no page's history: Wagtail's own would show it to others."""
    for model in (PromiseResult, SignOff, Approval, Withdrawal):
        actions.register_model(model, RegisterLogEntry)


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def what_happens_to_a_notice(actions: LogActionRegistry) -> None:
    actions.register_action(
        STOPPED,
        _("Stop publication"),
        _("Scheduled publication stopped: it is not what was approved"),
    )
    actions.register_action(WITHDRAWN, _("Withdraw version"), _("Version withdrawn"))
