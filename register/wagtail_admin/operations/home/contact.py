"""The data protection contact's block of the first screen."""

from typing import Any

from register.domain.retention import status
from register.domain.staff import changes, own_roles
from register.models.staff import Role
from register.wagtail_admin.operations.home.block import Block


class ContactBlock(Block):
    """What others did, and what waits for the contact to look at it."""

    role = Role.DATA_PROTECTION
    name = "register_contact"
    order = 50
    template_name = "register/admin/home/contact.html"

    def is_shown(self) -> bool:
        """To whom the owner named as confirmer too, and before the own papers (C31, C33)."""
        return self.who.has(self.role) or any(self.waiting().values())

    def waiting(self) -> dict[str, int]:
        asked: dict[str, Any] = {"by": self.user, "today": self.today}
        return {
            "changes_to_see": changes.count_unseen(**asked),
            "role_requests": own_roles.count_waiting(**asked),
        }

    def content(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"by": self.user, "today": self.today}
        return {
            **self.waiting(),
            "holds_to_review": status.holds_to_review(**asked),
            "hastened": status.hastened(**asked),
        }
