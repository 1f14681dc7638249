"""A notice is published by approval: whoever publishes a draft has approved that very draft."""

from typing import Any

from django.dispatch import Signal
from wagtail.log_actions import log
from wagtail.models import Revision, Workflow

from privacy_notice.models.approvals import approval_of
from privacy_notice.models.told_today import facts_today, fingerprint
from privacy_notice.models.workflow import approval_workflow

# Sent with `page` when a scheduled publication did not happen, since a fact has changed.
stopped = Signal()
STOPPED = "privacy_notice.stopped"


class Approved:
    """What the page of a notice answers to Wagtail's questions about publishing.

    The permission tester lets nobody publish it. A draft that the person has approved is
    published all the same; so is what no person asks for, as the first content, or a draft whose
    moment has come, provided that the facts are those that were approved.
    """

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        return approval_workflow()

    def publish(self, revision: Revision, user: Any = None, **options: Any) -> Any:
        if user is not None and approval_of(revision, approved_by=user):
            options["skip_permission_checks"] = True
        elif user is None and self._has_changed_since(revision):
            return self._stop(revision)
        return super().publish(revision, user=user, **options)  # type: ignore[misc]

    def _has_changed_since(self, revision: Revision) -> bool:
        approval = approval_of(revision) if revision.approved_go_live_at else None
        return approval is not None and approval.facts != fingerprint(facts_today(self))

    def _stop(self, revision: Revision) -> None:
        """Leave the public page as it is; the draft waits for another approval."""
        page: Any = self
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(instance=page, action=STOPPED, revision=revision)
        workflow = self.get_workflow()
        if workflow and not page.workflow_in_progress:
            workflow.start(page, None)
        stopped.send(sender=type(page), page=page)
