"""On the first screen: what a person has to read and whose training ends (C30, C31)."""

from typing import Any

from wagtail.admin.ui.components import Component

from register.access.standing import User, effective_access
from register.conf import NEVER, register_settings
from register.domain.staff import expiring, unread
from register.models.staff import Role
from register.reference.clock import today


class DutiesPanel(Component):
    """What to read, and one's own trainings that end."""

    name = "register_duties"
    order = 800  # beneath the day's work, which nobody looks for below what waits for weeks
    template_name = "register/admin/duties.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        day = today()
        who = effective_access(self.user, today=day)
        if who.staff_member is None or not who.roles:
            return {}
        own = expiring.of_member(who.staff_member, today=day) if who.roles - {Role.EDITOR} else []
        to_read = unread.of_member(who.staff_member, today=day)
        return {
            "unread": [(each.document_version, each.until, each.is_late(day)) for each in to_read],
            "endings": own,
            "is_late": any(each.is_late(day) for each in to_read)
            or any(ending.is_over for ending in own),
            "locks": register_settings.EXPIRED_TRAINING_LOCKS_AFTER != NEVER,
        }
