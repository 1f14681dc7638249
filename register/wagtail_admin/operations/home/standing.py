"""The last line of the first screen: one's own roles, and where all of it is to be read."""

from typing import Any

from wagtail.admin.ui.components import Component

from register.access.standing import User, effective_access
from register.models.staff import Role
from register.reference.clock import today


class StandingFooter(Component):
    """One's own rights are no work: they have a line at the foot."""

    name = "register_standing"
    order = 900
    template_name = "register/admin/home/standing.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        who = effective_access(self.user, today=today())
        return {
            "member": who.staff_member,
            "roles": [role.label for role in Role if role in who.roles],
        }
