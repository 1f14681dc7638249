"""The first screen after login: where one stands, and where the work is."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from register import permissions
from register.domain import counts
from register.enums import Role
from register.models import Client
from register.permissions import User


class StandingPanel(Component):
    """Roles, and what is missing or about to run out: nobody should wonder why a list is gone."""

    name = "register_standing"
    order = 10
    template_name = "register/admin/home.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        who = permissions.standing(self.user)
        member = who.staff_member
        return {
            "member": member,
            "roles": [role.label for role in Role if role in who.roles],
            "edits_pages": who.has(Role.EDITOR),
            "locked": [
                reason
                for missing, reason in (
                    (
                        not who.has_agreement,
                        _("Your signed confidentiality agreement is not on file."),
                    ),
                    (not who.is_trained, _("You have no valid data protection training.")),
                )
                if missing and member and who.roles - {Role.EDITOR}
            ],
            "warned": bool(
                member and who.is_trained and member.training_expired(timezone.localdate())
            ),
            "may_add_client": permissions.may_create(self.user, Client),
            "counts": counts.overview(by=self.user) if who.has(Role.MAIN_USER) else None,
        }
