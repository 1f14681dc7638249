"""A change of facts makes one draft and one task; the public page stays as approved (C01, C39)."""

import pytest
from django.core import mail

from privacy_notice.models import PrivacyNoticePage, ToldOf
from privacy_notice.watch import changed_facts
from register.models import Controller, Processor
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import ProcessorFactory, staff
from tests.notices import publish_notice
from tests.privacy_notice.approval.acting import approved, current, notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")


@pytest.fixture(autouse=True)
def people(site_content):
    return staff(Role.DATA_PROTECTION), staff(Role.EDITOR)


def look():
    return changed_facts.look_at_all(today=today())


def change(**values):
    Controller.objects.update(**({"name": "Toinen Oy"} | values))


def test_it_makes_a_draft_and_a_task_and_the_public_page_stays(client, people):
    before = client.get(notice().url).content
    change()
    assert look() == 1
    assert notice().workflow_in_progress
    assert notice().has_unpublished_changes
    assert client.get(notice().url).content == before
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        person.email for person in people
    )
    for message in mail.outbox:
        assert "hyväksyntää" in message.body
        assert "Toinen Oy" not in message.body
        assert "hyvaksynta" in message.body


def test_the_same_difference_is_told_once_and_another_one_again():
    change()
    assert (look(), look()) == (1, 0)
    revisions = notice().revisions.count()
    change(name="Kolmas Oy")
    assert (look(), look()) == (1, 0)
    assert notice().revisions.count() == revisions


def test_facts_that_are_as_published_are_nothing_to_tell():
    assert look() == 0
    assert not notice().has_unpublished_changes
    change()
    look()
    Controller.objects.update(name=current().told()["controller"]["name"])
    assert look() == 0
    assert not ToldOf.objects.exists()


def test_an_editors_unfinished_draft_is_left_alone(people):
    draft = notice().get_latest_revision_as_object()
    draft.title = "Kesken"
    revision = draft.save_revision(user=people[1])
    change()
    assert look() == 1
    assert notice().get_latest_revision() == revision
    assert not notice().workflow_in_progress
    assert "keskeneräinen luonnos" in mail.outbox[0].body


def test_approved_it_is_on_the_page_and_nothing_more_is_told(people):
    change()
    look()
    approved(notice(), by=people[0])
    assert "Toinen Oy" in current().shown()
    assert look() == 0


def test_what_waits_already_waits_with_the_new_facts():
    submitted()
    revisions = notice().revisions.count()
    change()
    assert look() == 1
    assert notice().revisions.count() == revisions


def test_it_is_found_right_after_a_change(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        controller = Controller.objects.get()
        controller.name = "Toinen Oy"
        controller.save()
    assert notice().workflow_in_progress


def test_and_after_one_of_a_processor(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        ProcessorFactory()
    assert any("after_a_change" in repr(each) for each in callbacks)
    assert Processor.objects.exists()


def test_each_language_has_its_own():
    from wagtail.models import Locale

    swedish = Locale.objects.create(language_code="sv")
    home = notice().get_parent()
    home_sv = home.specific.copy_for_translation(swedish)
    home_sv.save_revision().publish()
    page = notice().copy_for_translation(swedish)
    publish_notice(page)
    change()
    assert look() == 2
    assert all(each.workflow_in_progress for each in PrivacyNoticePage.objects.all())
