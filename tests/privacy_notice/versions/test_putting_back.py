"""In an emergency the previous version is back at once, text and facts (C01)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageLogEntry

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from privacy_notice.versions.putting_back import previous, put_back
from privacy_notice.versions.withdrawing import withdraw
from register.exceptions import NotAllowed, Stale
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff
from tests.privacy_notice.approval.acting import approved, current, notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")
WHY = "Väärä teksti meni julki"


def back(by=None, seen=1, reason=WHY):
    by = by or staff(Role.DATA_PROTECTION)
    return put_back(notice(), seen=seen, reason=reason, by=by, now=timezone.now())


@pytest.fixture
def two_versions(site_content):
    Controller.objects.update(name="Toinen Oy", contact_name="Uusi Henkilö")
    approved(submitted())
    assert "Toinen Oy" in current().shown()


@pytest.mark.usefixtures("two_versions")
def test_text_and_facts_are_those_of_the_previous_version(client):
    first = NoticeVersion.objects.get(number=1)
    back()
    assert (current().number, current().text, current().reason) == (3, first.text, WHY)
    assert current().facts == first.facts
    public = client.get(notice().url).content.decode()
    assert "Toinen Oy" not in public.partition("<main")[2].partition("</main")[0]
    assert notice().title == first.text["title"]


@pytest.mark.usefixtures("two_versions")
def test_it_is_put_back_at_once_though_the_page_was_to_wait():
    PrivacyNoticePage.objects.update(go_live_at=timezone.now() + timedelta(hours=48))
    back()
    assert current().number == 3
    assert not notice().scheduled_revision


@pytest.mark.usefixtures("two_versions")
def test_who_is_contact_person_is_said_as_it_is_today():
    back()
    assert current().told()["controller"]["contact_name"] == "Uusi Henkilö"


@pytest.mark.usefixtures("two_versions")
def test_no_version_is_changed_and_a_draft_stays_in_the_history():
    before = list(NoticeVersion.objects.filter(number__lt=3).values("number", "text", "content"))
    draft = submitted(title="Luonnos, joka odottaa").get_latest_revision()
    by = staff(Role.MAIN_USER)
    back(by=by)
    assert before == list(
        NoticeVersion.objects.filter(number__lt=3).values("number", "text", "content")
    )
    assert draft in notice().revisions.all()
    assert not notice().workflow_in_progress
    assert PageLogEntry.objects.filter(action="wagtail.publish", user=by).exists()


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("role", [Role.EDITOR, Role.COUNSELLOR, Role.BILLING])
def test_others_put_nothing_back(role):
    with pytest.raises(NotAllowed):
        back(by=staff(role))


@pytest.mark.usefixtures("two_versions")
def test_what_says_nothing_is_no_reason():
    with pytest.raises(ValidationError):
        back(reason="…")
    assert current().number == 2


@pytest.mark.usefixtures("two_versions")
def test_another_version_than_the_one_seen_is_not_put_back():
    back()
    with pytest.raises(Stale):
        back()


def test_the_first_version_has_none_before_it():
    assert previous(notice()) is None
    with pytest.raises(Stale):
        back()


@pytest.mark.usefixtures("two_versions")
def test_a_withdrawn_version_is_not_put_back():
    contact = staff(Role.DATA_PROTECTION)
    back(by=contact)
    withdraw(notice(), number=2, reason=WHY, by=contact, now=timezone.now())
    assert previous(notice()).number == 1
