"""A role's part of the first screen."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from register.access.standing import effective_access
from register.models.staff import Role
from register.reference.clock import today


class Block(Component):
    """What a role begins its day with. A block counts and leads; it names no client (C38).

    A subclass says its role, its place by `order` and its template, which extends
    `register/admin/home/block.html`, and returns by `content` what that shows.
    """

    role: ClassVar[Role]
    order: int

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user, self.today = request, request.user, today()
        self.who = effective_access(self.user, today=self.today)

    def is_shown(self) -> bool:
        """Whether this person has the role, and may enter the register."""
        return self.who.has(self.role) and self.who.may_enter

    def content(self) -> dict[str, Any]:
        """Return what the template shows beside the role's name."""
        return {}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"role": self.role, "csrf_token": get_token(self.request), **self.content()}
