"""Wagtail's history of a notice shows what was published as it was (C01, C39)."""

import pytest
from django.urls import reverse

from home.models import FeedbackPage
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff
from tests.notices import publish_notice
from tests.privacy_notice.approval.acting import notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")
HERE = "/tietosuojaseloste/versiot/"


@pytest.fixture
def editor(client):
    client.force_login(staff(Role.EDITOR))
    return client


def first():
    return notice().revisions.order_by("pk").first()


def viewed(client, page, revision):
    return client.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]))


def compared(client, *names):
    args = [notice().pk, *names]
    return client.get(reverse("wagtailadmin_pages:revisions_compare", args=args))


def test_a_draft_that_became_a_version_is_shown_as_it_was(editor):
    publish_notice(notice(), title="Uusi otsikko")
    second = notice().live_revision
    Controller.objects.update(name="Toinen Oy")
    assert viewed(editor, notice(), first()).url == f"{HERE}1/"
    assert viewed(editor, notice(), second).url == f"{HERE}2/"
    assert "Toinen Oy" not in editor.get(f"{HERE}2/").content.decode().split("<main")[1]


def test_two_versions_are_compared_with_their_facts(editor):
    publish_notice(notice(), title="Uusi otsikko")
    assert compared(editor, first().pk, "live").url == f"{HERE}1-2/"
    assert compared(editor, "earliest", "latest").url == f"{HERE}1-2/"


def test_another_draft_says_that_its_facts_are_todays(editor):
    page = submitted()
    shown = viewed(editor, page, page.latest_revision).content.decode()
    assert "Uusi otsikko" in shown
    assert "Sen tiedot näytetään sellaisina kuin ne ovat tänään." in shown
    assert "ilman tietoja" in compared(editor, "live", "latest").content.decode()


def test_to_whoever_edits_no_notice_nothing_is_said(client):
    client.force_login(staff(Role.COUNSELLOR))
    assert viewed(client, notice(), first()).url == reverse("wagtailadmin_home")


def test_other_pages_have_wagtails_own_history(editor):
    page = FeedbackPage.objects.get()
    page.save_revision()
    assert viewed(editor, page, page.latest_revision).status_code == 200


def test_the_editor_leads_to_the_versions(editor):
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[notice().pk])).content.decode()
    assert reverse("privacy_notice_versions", args=[notice().pk]) in shown
