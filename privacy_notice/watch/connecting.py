"""What the watch of the notice hears of at once."""

from django.db.models.signals import post_delete, post_save
from wagtail.signals import task_submitted

from privacy_notice.models import approved
from privacy_notice.watch import calling, changed_facts
from register.models import Controller, Processor


def connect() -> None:
    """Hear from now on of changed facts, of what is submitted, and of what was stopped."""
    for model in (Controller, Processor):
        post_save.connect(changed_facts.after_a_change, sender=model)
        post_delete.connect(changed_facts.after_a_change, sender=model)
    task_submitted.connect(calling.submitted)
    approved.stopped.connect(calling.stopped)
