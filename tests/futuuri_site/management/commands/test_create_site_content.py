import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.models import FeedbackPage, HomePage
from privacy_notice.models import PrivacyNoticePage
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db


def create():
    call_command("create_site_content", verbosity=0)


def test_it_makes_the_pages_and_removes_the_welcome_page():
    create()
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get()
    assert {page.url for page in Page.objects.filter(depth__gt=1).live()} == {
        "/",
        "/tietosuojaseloste/",
        "/palaute/",
    }
    assert Locale.get_default().language_code == "fi"


def test_it_can_be_repeated_and_keeps_what_was_edited():
    create()
    notice = PrivacyNoticePage.objects.get()
    notice.title = "Muokattu otsikko"
    notice.save()
    Controller.objects.update(phone="010 000 0000")
    before = GroupPagePermission.objects.count()
    create()
    assert PrivacyNoticePage.objects.get().title == "Muokattu otsikko"
    assert Controller.objects.get().phone == "010 000 0000"
    assert (HomePage.objects.count(), FeedbackPage.objects.count()) == (1, 1)
    assert GroupPagePermission.objects.count() == before


def test_it_starts_from_an_empty_database_too():
    Site.objects.all().delete()
    Page.objects.all().delete()
    Locale.objects.all().delete()
    create()
    assert Site.objects.get().root_page.url == "/"


def test_an_editor_may_edit_and_publish_pages_and_the_published_facts_only():
    create()
    user = staff(Role.EDITOR)
    for page in (HomePage.objects.get(), PrivacyNoticePage.objects.get()):
        allowed = page.permissions_for_user(user)
        assert allowed.can_edit()
        assert allowed.can_publish()
    assert user.get_all_permissions() == {"wagtailadmin.access_admin", "register.change_controller"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
def test_no_other_role_edits_pages(role):
    create()
    assert not HomePage.objects.get().permissions_for_user(staff(role)).can_edit()
