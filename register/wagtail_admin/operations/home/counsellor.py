"""The counsellor's block of the first screen: a client is found, written of and seen to (C33)."""

from typing import Any

from register.domain.notices import giving
from register.domain.operations import to_do
from register.models.staff import Role
from register.wagtail_admin.operations.home.block import Block


class CounsellorBlock(Block):
    """The search, a new client, and counts of what is to be seen to; no name (C38)."""

    role = Role.COUNSELLOR
    name = "register_counsellor"
    order = 20
    template_name = "register/admin/home/counsellor.html"

    class Media:
        js = ("register/find.js",)

    def content(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"by": self.user, "today": self.today}
        return {
            "to_do": [(kind, kind.label, count) for kind, count in to_do.count(**asked).items()],
            "to_be_told": giving.count(**asked),
        }
