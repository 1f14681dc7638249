"""What the editor of the notice offers, and says before anything is typed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem

from privacy_notice.guarding.approvers import approves
from privacy_notice.models import PrivacyNoticePage
from privacy_notice.models.told_today import facts_today
from privacy_notice.versions import differing
from register.reference.clock import today

PUBLISH = "action-publish"


class LookAndApprove(ActionMenuItem):
    """The way to the approval; to who approves, while something waits, it comes first."""

    name = "action-look"
    label = gettext_lazy("See what changes")
    icon_name = "view"

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and is_notice(context.get("page"))

    def get_url(self, parent_context: Any) -> str:
        return reverse("privacy_notice_approval", args=[parent_context["page"].pk])


class Approve(LookAndApprove):
    """The same, as who approves calls it."""

    name = "action-look-and-approve"
    label = gettext_lazy("Look and approve")
    icon_name = "success"

    def is_shown(self, context: Any) -> bool:
        return (
            super().is_shown(context)
            and context["page"].workflow_in_progress
            and approves(context["request"].user, today=today())
        )


class Versions(LookAndApprove):
    """The way to what was published, each with the facts of its day."""

    name = "action-versions"
    label = gettext_lazy("Published versions")
    icon_name = "history"

    def get_url(self, parent_context: Any) -> str:
        return reverse("privacy_notice_versions", args=[parent_context["page"].pk])


class Submit(SubmitForModerationMenuItem):
    """Wagtail's own, in words that say who gets it."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {"label": _("Submit for approval")}


def offer(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Put the way to the approval into the menu; take publishing out of it."""
    page = context.get("page")
    if not is_notice(page):
        return
    menu_items[:] = [item for item in menu_items if item.name != PUBLISH]
    look, approve = LookAndApprove(order=70), Approve(order=-1)
    if approve.is_shown(context):
        menu_items.insert(0, approve)
    elif look.is_shown(context):
        menu_items.append(look)
    versions = Versions(order=75)
    if versions.is_shown(context):
        menu_items.append(versions)
    if any(item.name == Submit.name for item in menu_items):
        # What an editor comes for stands on the button itself.
        others = [item for item in menu_items if item.name != Submit.name]
        menu_items[:] = [Submit(order=0), *others]


def tell_of_facts(request: HttpRequest, page: Any) -> None:
    """Say in the editor which facts are otherwise than in the text in force."""
    if request.method != "GET" or not is_notice(page):
        return
    sections = differing.by_facts(page, facts_today(page)) if differing.facts_differ(page) else []
    if not sections:
        return
    names = format_html_join(", ", "{}", ((each.heading,) for each in sections))
    messages.warning(
        request,
        format_html(
            "{} <strong>{}</strong>. <a href='{}'>{}</a>",
            _("Facts have changed since the notice was published:"),
            names,
            reverse("privacy_notice_approval", args=[page.pk]),
            _("See what changes"),
        ),
    )


def is_notice(page: Any) -> bool:
    return isinstance(page, PrivacyNoticePage) and page.pk is not None
