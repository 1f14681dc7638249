"""A notice is published by approval: whoever publishes a draft has approved that very draft."""

from typing import Any

from django.dispatch import Signal
from wagtail.log_actions import log
from wagtail.models import Revision, Workflow

from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.models.approvals import approval_of
from privacy_notice.models.told_today import facts_today, fingerprint
from privacy_notice.models.versions import NoticeVersion
from privacy_notice.models.workflow import approval_workflow

# Sent with `page` when a scheduled publication did not happen: a fact has changed since its
# approval, or there is none.
stopped = Signal()
STOPPED = "privacy_notice.stopped"


class Approved:
    """What the page of a notice answers to Wagtail's questions about publishing.

    The permission tester lets nobody publish it. A draft that the person has approved is
    published all the same; so is one whose moment has come, or that a shell asks for, which
    somebody has approved: each with the facts that were approved, and no others.
    """

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        return approval_workflow()

    def publish(
        self, revision: Revision, user: Any = None, *, first_content: bool = False, **options: Any
    ) -> Any:
        """Publish the draft (C01).

        Args:
            first_content: the page begins with the words that the software brings along. Needed
                where the notice is published in another language: a translation is approved.

        Raises PermissionDenied to a person who has not approved it, and OffTheAir without one
        when nobody has. What was scheduled is stopped instead.
        """
        asked_by = {} if user is None else {"approved_by": user}
        if self._is_approved(revision, **asked_by) or self._begins(user, first_content):
            options["skip_permission_checks"] = True
        elif user is None and revision.approved_go_live_at:
            return self._stop(revision)
        elif user is None or options.get("skip_permission_checks"):
            raise OffTheAir(acts.UNAPPROVED)
        return super().publish(revision, user=user, **options)  # type: ignore[misc]

    def _is_approved(self, revision: Revision, **wanted: Any) -> bool:
        approval = approval_of(revision, **wanted)
        return approval is not None and approval.facts == fingerprint(facts_today(self))

    def _begins(self, user: Any, first_content: bool) -> bool:
        """Whether no person asks, and nothing was published that this would change."""
        page: Any = self
        pages = [page] if first_content else page.get_translations(inclusive=True)
        return user is None and not NoticeVersion.objects.filter(page__in=pages).exists()

    def _stop(self, revision: Revision) -> None:
        """Leave the public page as it is; the draft waits for another approval."""
        page: Any = self
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(instance=page, action=STOPPED, revision=revision)
        workflow = self.get_workflow()
        if workflow and not page.workflow_in_progress:
            workflow.start(page, None)
        stopped.send(sender=type(page), page=page)
