"""Every notice has its workflow, and no other page has one (C33)."""

import pytest
from wagtail.models import TaskState, Workflow

from home.models import FeedbackPage, HomePage
from privacy_notice.models import (
    NoticeApproval,
    PrivacyNoticePage,
    approval_workflow,
    make_workflow,
)
from register.models.staff import Role
from tests.factories import staff
from tests.privacy_notice.approval.acting import submitted

pytestmark = pytest.mark.usefixtures("site_content")


def test_the_notice_has_it_and_other_pages_have_none():
    assert PrivacyNoticePage.objects.get().get_workflow() == approval_workflow()
    for other in (HomePage.objects.get(), FeedbackPage.objects.get()):
        assert not other.has_workflow


def test_it_is_made_once_in_a_new_installation_and_in_an_old_one():
    make_workflow()
    assert (
        Workflow.objects.filter(workflow_tasks__task__in=NoticeApproval.objects.all()).count() == 1
    )
    PrivacyNoticePage.objects.update(live=False)  # else the guards keep it
    Workflow.objects.all().delete()
    NoticeApproval.objects.all().delete()
    assert approval_workflow() is None
    make_workflow()
    assert [each.name for each in approval_workflow().tasks] == [
        "Tietosuojan yhteyshenkilön hyväksyntä"
    ]


def test_before_its_table_there_is_nothing_to_make():
    class OfAnEarlierState:
        @staticmethod
        def get_model(name):
            raise LookupError

    PrivacyNoticePage.objects.update(live=False)
    NoticeApproval.objects.all().delete()
    make_workflow(apps=OfAnEarlierState)
    assert not NoticeApproval.objects.exists()


def test_what_waits_is_on_the_approvers_first_screen_and_on_no_other():
    page = submitted()
    contact, editor = staff(Role.DATA_PROTECTION), staff(Role.EDITOR)
    assert TaskState.objects.reviewable_by(contact).get().revision == page.get_latest_revision()
    assert not TaskState.objects.reviewable_by(editor).exists()
    assert page.permissions_for_user(contact).can_edit()
    assert NoticeApproval.get_description()
