"""What nobody may do to the notice in force, whatever their role: Wagtail asks before it offers."""

from wagtail.models import Page, PagePermissionTester

from privacy_notice.guarding.approvers import approves
from register.reference.clock import today


class NoticePermissionTester(PagePermissionTester):
    """The tester of a notice. A draft that was never published can be thrown away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.live and bool(super().can_delete(ignore_bulk))

    def can_publish(self) -> bool:
        """It is published by approval alone (`privacy_notice.approval`), whoever asks."""
        return False

    def can_unschedule(self) -> bool:
        """What is scheduled is stopped by whoever may approve or edit: the public text stays."""
        return approves(self.user, today=today()) or bool(self.can_edit())

    def can_unpublish(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return not self.page.live and bool(super().can_move_to(destination))

    def can_copy(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False
