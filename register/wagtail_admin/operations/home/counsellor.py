"""The counsellor's block of the first screen."""

from typing import Any

from register.domain.notices import giving
from register.models.staff import Role
from register.wagtail_admin.operations.home.block import Block


class CounsellorBlock(Block):
    """Own clients: where they are, how one is added, whom to tell of a change of the notice."""

    role = Role.COUNSELLOR
    name = "register_counsellor"
    order = 20
    template_name = "register/admin/home/counsellor.html"

    def content(self) -> dict[str, Any]:
        return {"to_be_told": giving.count(by=self.user, today=self.today)}
