"""The main user's block of the first screen: counts and what is to be done, no client (C33)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from register.access.gate import may_create, may_list
from register.domain.clients import without_counsellor
from register.domain.clients.importing import entering
from register.domain.notices import giving
from register.domain.operations import counts
from register.domain.operations.finding import Condition
from register.domain.staff import expiring, privacy_notice
from register.models import Controller, StaffDocument, StaffMember
from register.models.staff import DocumentKind, Role
from register.wagtail_admin.base import screens
from register.wagtail_admin.operations.home.block import Block


class MainUserBlock(Block):
    """The list of the first day, clients who wait for a counsellor, and the counts."""

    role = Role.MAIN_USER
    name = "register_main_user"
    order = 40
    template_name = "register/admin/home/main_user.html"

    def is_shown(self) -> bool:
        """Before the own papers are on file too: they are on the list of the first day."""
        return self.who.has(self.role)

    def content(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"by": self.user, "today": self.today}
        is_counsellor = self.who.has(Role.COUNSELLOR)
        return {
            "first_day": [
                (line, finding, self.screen(name, line))
                for name, line, finding in counts.first_day(**asked, now=timezone.now())
            ],
            "may_import": entering.may_import(**asked),
            "without_counsellor": without_counsellor.count(**asked),
            # Who is a counsellor as well has it in that block.
            "to_be_told": 0 if is_counsellor else giving.count(**asked),
            "trainings_ending": self.trainings_ending(),
            "counts": counts.overview(**asked),
        }

    def trainings_ending(self) -> int:
        """Return how many people's training ends within sixty days, or has ended (C31)."""
        if not self.who.may_enter:
            return 0
        return len({ending.member.pk for ending in expiring.of_everybody(today=self.today)})

    def screen(self, name: str, line: Condition) -> str:
        """Return where a line of the first day is done; "" where this person can't yet."""
        who = self.who
        if name == "papers" and who.staff_member and not who.may_enter:
            return screens.address(StaffMember, "edit", who.staff_member.pk)
        if line.model is Controller:
            label = (Controller._meta.app_label, Controller._meta.model_name)
            return reverse("wagtailsettings:edit", args=label) if who.has(Role.EDITOR) else ""
        if name == "staff_notice" and privacy_notice.document() is None:
            if not may_create(self.user, StaffDocument, today=self.today):
                return ""
            return f"{screens.address(StaffDocument, 'create')}?kind={DocumentKind.PRIVACY_NOTICE}"
        if line.model and may_list(self.user, line.model, today=self.today):
            return screens.address(line.model, "index")
        return ""
