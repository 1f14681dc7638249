"""The line on the first screen: how many promises of the notice are broken."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from privacy_notice.models import PromiseResult
from privacy_notice.models.states import State
from privacy_notice.watch import history
from register.access.gate import may_list
from register.access.standing import User
from register.reference.clock import today


class PromisesPanel(Component):
    """To whoever may see the report, and only when there is something to see to."""

    name = "privacy_notice_promises"
    order = 20
    template_name = "privacy_notice/admin/promises_panel.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        shown = may_list(self.user, PromiseResult, today=today())
        states = [row.state for row in history.latest().values()] if shown else []
        return {
            "broken": states.count(State.BROKEN),
            "report_url": reverse("privacy_notice_promises"),
            "state": State.BROKEN,
        }
