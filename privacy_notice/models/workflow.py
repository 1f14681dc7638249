"""The notice's way to the public: an editor submits it, the data protection contact approves."""

from typing import Any, ClassVar

from django.apps import apps as installed
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, Workflow, WorkflowPage, WorkflowTask

from privacy_notice.guarding.approvers import approves
from register.reference.clock import today


class NoticeApproval(Task):
    """The approval by the data protection contact, or whoever stands in (C33).

    Approved is on a screen of its own, which shows what is approved: what Wagtail offers for a
    task can only send it back.
    """

    admin_form_fields: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("approval of the privacy notice")
        verbose_name_plural = _("approvals of the privacy notice")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return approves(user, today=today())

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not approves(user, today=today()):
            return []
        return [("reject", gettext("Send back to the editor"), True)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for the person: the list on the first screen."""
        if not approves(user, today=today()):
            return TaskState.objects.none()
        return TaskState.objects.filter(task_id=self.pk, status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> str:
        return gettext("The data protection contact reads what has changed, and approves it.")


def approval_workflow() -> Workflow | None:
    """Return the workflow that every notice goes through."""
    tasks = NoticeApproval.objects.all()
    return Workflow.objects.active().filter(workflow_tasks__task__in=tasks).order_by("pk").first()


def make_workflow(apps: Any = installed, using: str = "default", **kwargs: Any) -> None:
    """Make the workflow where there is none: in a new installation and in an old one alike.

    Runs after `migrate`; what exists is left as it is.
    """
    try:
        apps.get_model("privacy_notice.NoticeApproval")
    except LookupError:  # migrated back, to before there was one
        return
    if NoticeApproval.objects.using(using).exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        workflow = Workflow(name=gettext("data protection contact"))
        task = NoticeApproval(name=gettext("Approval by the data protection contact"))
    workflow.save(using=using)
    task.save(using=using)
    WorkflowTask(workflow=workflow, task=task, sort_order=0).save(using=using)
    # Wagtail begins with one of its own for all pages, of which editors publish theirs themselves.
    WorkflowPage.objects.using(using).filter(page__depth=1).delete()
