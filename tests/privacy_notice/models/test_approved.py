"""What was scheduled happens, unless a fact has changed or a newer version is there (C01)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

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
