"""Wagtail's screens begin no act on the pages that hold the notice (C01)."""

import html

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import FeedbackPage, HomePage
from privacy_notice.guarding import acts
from privacy_notice.models import PrivacyNoticePage
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("site_content")


@pytest.fixture
def superuser(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def said(response):
    return [html.unescape(str(each)).strip() for each in response.context["messages"]]


def bulk(action, *objects):
    keys = "&".join(f"id={page.pk}" for page in objects)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{keys}"


def page_screen(name, page, *more):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])


ON_THE_HOME_PAGE = {
    "delete": (acts.DELETE, "delete", {}),
    "unpublish": (acts.UNPUBLISH, "unpublish", {"include_descendants": "on"}),
    "copy": (
        acts.COPY,
        "copy",
        {"copy_subpages": "on", "new_title": "x", "new_slug": "x", "new_parent_page": "1"},
    ),
    "hide": (acts.HIDE, "set_privacy", {"restriction_type": "login"}),
}


@pytest.mark.parametrize("name", ON_THE_HOME_PAGE)
def test_a_superuser_cannot_take_the_home_page_with_it(superuser, name):
    act, screen, data = ON_THE_HOME_PAGE[name]
    answer = superuser.post(page_screen(screen, HomePage.objects.get()), data, follow=True)
    if name != "hide":  # whose form has no choices, since the home page offers none
        assert said(answer)[0].startswith(str(act.words))
    assert superuser.get("/tietosuojaseloste/").status_code == 200
    assert PrivacyNoticePage.objects.count() == 1


def test_the_home_page_cannot_be_moved_with_it(superuser):
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Muu"))
    screen = page_screen("move_confirm", HomePage.objects.get(), other.pk)
    assert said(superuser.post(screen, follow=True))[0].startswith(str(acts.MOVE.words))


@pytest.mark.parametrize(
    ("action", "data", "act"),
    [
        ("delete", {}, acts.DELETE),
        ("unpublish", {"include_descendants": "on"}, acts.UNPUBLISH),
    ],
)
def test_nor_can_it_go_with_many(superuser, action, data, act):
    chosen = [FeedbackPage.objects.get(), HomePage.objects.get()]
    answer = superuser.post(bulk(action, *chosen), data, follow=True)
    assert said(answer)[0].startswith(str(act.words))
    assert FeedbackPage.objects.live().exists()


def test_a_page_that_holds_none_is_free(superuser):
    page = FeedbackPage.objects.get()
    superuser.post(page_screen("unpublish", page))
    assert not FeedbackPage.objects.get().live
    superuser.post(bulk("delete", page))
    assert not FeedbackPage.objects.exists()


def test_the_home_page_can_go_alone(superuser):
    superuser.post(page_screen("unpublish", HomePage.objects.get()))
    assert not HomePage.objects.get().live
    assert superuser.get("/tietosuojaseloste/").status_code == 200


def test_a_second_one_leads_to_the_first(superuser):
    screen = reverse(
        "wagtailadmin_pages:add",
        args=["privacy_notice", "privacynoticepage", HomePage.objects.get().pk],
    )
    answer = superuser.get(screen, follow=True)
    assert said(answer)[0].startswith(str(acts.SECOND.words))
    there = page_screen("edit", PrivacyNoticePage.objects.get())
    assert answer.redirect_chain[-1][0] == there
