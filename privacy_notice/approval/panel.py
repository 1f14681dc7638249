"""The notice on the first screen: in force since, a draft, the next review, its versions (C39)."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from privacy_notice.models import Approval, NoticeVersion, PrivacyNoticePage
from privacy_notice.watch import reviewing
from register.access.gate import may_list
from register.access.standing import User
from register.reference.clock import today


class NoticePanel(Component):
    """To whoever edits, approves or puts back."""

    name = "privacy_notice_versions"
    order = 210
    template_name = "privacy_notice/admin/notice_panel.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        if not may_list(self.user, Approval, today=today()):
            return {"notices": []}
        due = dict(reviewing.overdue(today=today()))
        pages = PrivacyNoticePage.objects.live().select_related("locale").order_by("path")
        return {
            "notices": [
                {
                    "page": page,
                    "in_force": NoticeVersion.objects.current(page),
                    "has_draft": page.has_unpublished_changes,
                    "next_review": reviewing.due_on(page),
                    "overdue": due.get(page),
                    "versions_url": reverse("privacy_notice_versions", args=[page.pk]),
                    "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                }
                for page in pages
            ],
            "due": bool(due),
        }
