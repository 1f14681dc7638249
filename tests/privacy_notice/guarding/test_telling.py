"""A refusal says what to do instead, whoever refused (C01)."""

import html

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from home.models import HomePage
from privacy_notice.guarding import acts
from privacy_notice.models import PrivacyNoticePage, approval_workflow
from register.models.staff import Role
from tests.factories import UserFactory, staff
from tests.privacy_notice.approval.acting import submitted

pytestmark = pytest.mark.usefixtures("site_content")


def said(response):
    return [html.unescape(str(each)).strip() for each in response.context["messages"]]


def address(screen):
    page = PrivacyNoticePage.objects.get()
    more = [HomePage.objects.get().pk] if screen.endswith("move_confirm") else []
    return reverse(screen, args=[page.pk, *more])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("screen", sorted(acts.BY_SCREEN))
@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_each_screen_says_so_of_the_notice(client, screen, method, role):
    """An editor whose menu is older than the publication is told as well."""
    client.force_login(staff(Role.EDITOR) if role == "editor" else UserFactory(is_superuser=True))
    answer = getattr(client, method)(address(screen), follow=True)
    assert said(answer) == [str(acts.BY_SCREEN[screen].words)]
    assert answer.redirect_chain[-1][0] == address("wagtailadmin_pages:edit")


def test_a_script_gets_the_words_too(client):
    client.force_login(staff(Role.EDITOR))
    answer = client.post(
        address("wagtailadmin_pages:set_privacy"), HTTP_X_REQUESTED_WITH="XMLHttpRequest"
    )
    assert answer.status_code == 403
    assert answer.json() == {"detail": str(acts.HIDE.words)}


def test_who_may_not_enter_is_told_nothing(client):
    answer = client.post(address("wagtailadmin_pages:delete"))
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("act", ["delete", "root"])
def test_what_only_the_guards_refuse_is_said_as_well(client, act):
    client.force_login(UserFactory(is_superuser=True))
    site = Site.objects.get()
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Muu"))
    if act == "delete":
        answer = client.post(reverse("wagtailsites:delete", args=[site.pk]), follow=True)
    else:
        data = {"hostname": "x.example", "port": 80, "site_name": "x", "root_page": other.pk}
        answer = client.post(
            reverse("wagtailsites:edit", args=[site.pk]),
            {**data, "is_default_site": "on"},
            follow=True,
        )
    assert said(answer) == [str(acts.SITE.words)]
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_the_admins_own_api_is_refused_in_words(client):
    client.force_login(UserFactory(is_superuser=True))
    address = reverse("wagtailadmin_api:pages:action", args=[HomePage.objects.get().pk, "delete"])
    answer = client.post(address, HTTP_ACCEPT="application/json")
    assert answer.status_code == 403
    assert answer.json() == {"detail": str(acts.DELETE.words)}


@pytest.mark.usefixtures("site_content")
def test_disabling_the_workflow_is_answered_before_what_waits_is_cancelled(client):
    client.force_login(UserFactory(is_superuser=True))
    page = submitted()
    answer = client.post(f"/admin/workflows/disable/{approval_workflow().pk}/", follow=True)
    assert str(acts.WORKFLOW.words)[:40] in answer.content.decode()
    page.refresh_from_db()
    assert page.workflow_in_progress
