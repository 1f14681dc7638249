"""What was scheduled happens, unless a fact has changed or a newer version is there (C01)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Locale, PageLogEntry, Revision

from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.models import NoticeVersion
from privacy_notice.models.approved import STOPPED
from register.domain.operations.scheduled_publishing import publish_due
from register.models import Controller
from register.models.staff import Role
from tests.factories import UserFactory, staff
from tests.privacy_notice.approval.acting import approved, current, notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")


@pytest.fixture
def scheduled():
    """A draft that was approved to be published tomorrow; return a moment after that."""
    when = timezone.now() + timedelta(hours=30)
    approved(submitted(go_live_at=when))
    return when + timedelta(minutes=1)


@pytest.mark.parametrize("person", ["editor", "contact", "superuser"])
def test_without_an_approval_nobody_publishes(person):
    user = {
        "editor": lambda: staff(Role.EDITOR),
        "contact": lambda: staff(Role.DATA_PROTECTION),
        "superuser": lambda: UserFactory(is_superuser=True),
    }[person]()
    revision = submitted().get_latest_revision()
    with pytest.raises(PermissionDenied):
        revision.publish(user=user)
    assert current().number == 1


def test_what_was_scheduled_happens(scheduled, set_clock):
    set_clock(scheduled)
    assert publish_due(now=scheduled)["failed"] == 0
    assert (current().number, current().reason) == (2, "Lisättiin puuttuva kohta")


def test_it_stops_when_a_fact_has_changed(scheduled, set_clock):
    Controller.objects.update(name="Toinen Oy")
    set_clock(scheduled)
    assert publish_due(now=scheduled)["failed"] == 0
    assert current().number == 1
    assert not notice().scheduled_revision
    assert notice().workflow_in_progress
    assert PageLogEntry.objects.filter(action=STOPPED).count() == 1
    publish_due(now=scheduled)
    assert PageLogEntry.objects.filter(action=STOPPED).count() == 1


def test_one_that_was_overtaken_does_not_happen(scheduled, set_clock):
    approved(submitted(title="Ehti ensin", go_live_at=None))
    set_clock(scheduled)
    publish_due(now=scheduled)
    assert current().text["title"] == "Ehti ensin"
    assert NoticeVersion.objects.count() == 2


def draft(page, title="Suoraan julki"):
    page.title = title
    return page.save_revision()


def test_no_shell_publishes_what_nobody_has_approved():
    for options in ({}, {"skip_permission_checks": True}):
        with pytest.raises(OffTheAir) as refused:
            draft(notice()).publish(**options)
        assert refused.value.act == acts.UNAPPROVED
    assert current().number == 1


def test_nor_whoever_skips_the_question_who_may():
    with pytest.raises(OffTheAir):
        draft(notice()).publish(user=staff(Role.EDITOR), skip_permission_checks=True)
    assert current().number == 1


def test_nor_what_was_approved_with_other_facts():
    contact = staff(Role.DATA_PROTECTION)
    revision = approved(submitted(), by=contact).revision
    Controller.objects.update(name="Toinen Oy")
    with pytest.raises(OffTheAir):
        revision.publish()
    with pytest.raises(PermissionDenied):
        revision.publish(user=contact)
    assert current().number == 2


def test_what_was_approved_a_shell_publishes_too():
    approved(submitted(go_live_at=timezone.now() + timedelta(hours=30)))
    page = notice()
    page.scheduled_revision.publish()
    assert current().number == 1, "its moment has not come"
    assert page.scheduled_revision


def test_what_was_scheduled_without_an_approval_stops():
    revision = draft(notice())
    now = timezone.now()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=now - timedelta(minutes=1))
    assert publish_due(now=now)["failed"] == 0
    assert current().number == 1
    assert notice().workflow_in_progress


def test_first_words_need_no_approval_and_a_translation_does():
    home_page = notice().get_parent().specific
    swedish = Locale.objects.create(language_code="sv")
    home_page.copy_for_translation(swedish)
    page = notice().copy_for_translation(swedish)
    revision = page.get_latest_revision()
    with pytest.raises(OffTheAir):
        revision.publish()
    page.publish(revision, first_content=True)
    assert page.versions.count() == 1
    with pytest.raises(OffTheAir):
        page.publish(draft(page), first_content=True)
