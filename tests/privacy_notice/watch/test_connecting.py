"""Of what the watch of the notice hears at once."""

from django.db.models.signals import post_save
from wagtail.signals import task_submitted

from privacy_notice.models import approved
from register.models import Controller, Processor


def test_it_hears_of_facts_and_of_what_is_submitted_or_stopped():
    assert post_save.has_listeners(Controller)
    assert post_save.has_listeners(Processor)
    assert task_submitted.has_listeners()
    assert approved.stopped.has_listeners()
