import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Locale, Page, Site

from futuuri_site.content import pages
from home.models import FeedbackPage, HomePage
from privacy_notice.models import PrivacyNoticePage
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff
from tests.notices import publish_draft, publish_notice

pytestmark = pytest.mark.django_db


FINNISH = {"/", "/tietosuojaseloste/", "/palaute/"}
OTHERS = {
    "/sv/",
    "/sv/dataskyddsbeskrivning/",
    "/sv/respons/",
    "/en/",
    "/en/privacy-notice/",
    "/en/feedback/",
}


def addresses(found):
    return {page.url for page in found.filter(depth__gt=1)}


def of(model, language="fi"):
    return model.objects.get(locale__language_code=language)


def create():
    call_command("create_site_content", verbosity=0)


def test_it_makes_the_pages_and_removes_the_welcome_page():
    create()
    site = Site.objects.get()
    assert site.root_page.specific == of(HomePage)
    assert addresses(Page.objects.live()) == FINNISH | OTHERS
    assert Locale.get_default().language_code == "fi"


def test_it_can_be_repeated_and_keeps_what_was_edited():
    create()
    notice = of(PrivacyNoticePage)
    notice.title = "Muokattu otsikko"
    notice.save()
    Controller.objects.update(phone="010 000 0000")
    before = GroupPagePermission.objects.count()
    create()
    assert of(PrivacyNoticePage).title == "Muokattu otsikko"
    assert Controller.objects.get().phone == "010 000 0000"
    assert (HomePage.objects.count(), FeedbackPage.objects.count()) == (3, 3)
    assert GroupPagePermission.objects.count() == before


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_page_is_a_translation_of_the_finnish_one(language):
    create()
    for model in (HomePage, PrivacyNoticePage, FeedbackPage):
        locale = Locale.objects.get(language_code=language)
        assert of(model).get_translation(locale) == of(model, language)


def test_a_site_in_use_gets_translations_as_drafts_and_keeps_its_own_text():
    pages.create(languages=["fi"])
    publish_notice(of(PrivacyNoticePage), intro="<p>Omistajan sanat.</p>")
    create()
    create()
    assert addresses(Page.objects.live()) == FINNISH
    assert addresses(Page.objects.not_live()) == OTHERS
    assert of(PrivacyNoticePage).intro == "<p>Omistajan sanat.</p>"
    draft = of(PrivacyNoticePage, "sv")
    publish_draft(draft.get_latest_revision())
    assert of(PrivacyNoticePage, "sv").versions.count() == 1


def test_it_starts_from_an_empty_database_too():
    Site.objects.all().delete()
    Page.objects.all().delete()
    Locale.objects.all().delete()
    create()
    assert Site.objects.get().root_page.url == "/"


def test_an_editor_may_edit_publish_and_translate_pages_and_edit_the_published_facts_only():
    create()
    user = staff(Role.EDITOR)
    for page in (of(HomePage), of(PrivacyNoticePage)):
        allowed = page.permissions_for_user(user)
        assert allowed.can_edit()
        assert allowed.can_publish() == isinstance(page, HomePage)  # a notice is approved
    assert user.get_all_permissions() == {
        "wagtailadmin.access_admin",
        "register.change_controller",
        "simple_translation.submit_translation",
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
def test_no_other_role_edits_pages(role):
    create()
    assert not of(HomePage).permissions_for_user(staff(role)).can_edit()
