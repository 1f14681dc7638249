"""Nothing that would take the notice off the air is offered to anybody (C01)."""

import pytest
from django.urls import reverse

from home.models import FeedbackPage
from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.factories import UserFactory, staff

pytestmark = pytest.mark.usefixtures("site_content")


@pytest.fixture(params=["editor", "superuser"])
def user(request):
    return staff(Role.EDITOR) if request.param == "editor" else UserFactory(is_superuser=True)


def test_it_refuses_them(user):
    page = PrivacyNoticePage.objects.get()
    may = page.permissions_for_user(user)
    assert may.can_edit()
    assert not may.can_publish()
    assert not may.can_delete()
    assert not may.can_unpublish()
    assert not may.can_move()
    assert not may.can_move_to(FeedbackPage.objects.get())
    assert not may.can_copy()
    assert not may.can_set_view_restrictions()


def test_the_screen_offers_none_of_them(user, client):
    client.force_login(user)
    page = PrivacyNoticePage.objects.get()
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for name in ("delete", "unpublish", "move", "copy"):
        assert reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) not in shown
    assert "julkaise muutos" in shown


def test_a_draft_can_be_thrown_away_or_moved(user):
    PrivacyNoticePage.objects.update(live=False)
    may = PrivacyNoticePage.objects.get().permissions_for_user(user)
    assert may.can_delete()
    assert may.can_move()
    assert not may.can_copy()
