"""An editor is told that a translation is older than its source, and what has changed since."""

import pytest
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.wagtail_admin.translations import all_older, older
from tests.notices import publish_notice

pytestmark = pytest.mark.usefixtures("every_language")
CHANGES = "/tietosuojaseloste/versiot/1-2/"


def notice(language):
    return PrivacyNoticePage.objects.get(locale__language_code=language)


def publish(language, title):
    publish_notice(notice(language), title=title)


@pytest.fixture
def superuser(client):
    client.force_login(get_user_model().objects.create_superuser("s", password="x"))
    return client


def screen(client, language):
    return client.get(reverse("wagtailadmin_pages:edit", args=[notice(language).pk])).text


def test_a_translation_is_older_from_the_next_publication_of_its_source_to_its_own(superuser):
    assert not older(notice("sv"))
    assert CHANGES not in screen(superuser, "sv")
    publish("fi", "Uusi seloste")
    assert older(notice("sv")).changes == CHANGES
    assert superuser.get(CHANGES).status_code == 200
    assert f'href="{CHANGES}"' in screen(superuser, "sv")
    publish("sv", "Ny beskrivning")
    assert not older(notice("sv"))
    publish("fi", "Vielä uudempi")
    assert older(notice("sv")).changes == "/tietosuojaseloste/versiot/2-3/"
    assert older(notice("en")).changes == "/tietosuojaseloste/versiot/1-3/"


def test_the_sources_editor_is_told_of_each_translation_that_is_older(superuser):
    publish("fi", "Uusi seloste")
    publish("sv", "Ny beskrivning")
    source = notice("fi")
    assert [late.page for late in all_older(source)] == [notice("en")]
    edit = reverse("wagtailadmin_pages:edit", args=[notice("en").pk])
    assert f'<a href="{edit}">Muokkaa käännöstä</a>' in screen(superuser, "fi")


def test_a_source_is_older_than_nothing_and_so_is_what_was_never_published():
    publish("sv", "Ny beskrivning")
    assert not older(notice("fi"))
    publish("fi", "Uusi seloste")
    QuerySet(NoticeVersion).filter(page=notice("en")).delete()
    assert not older(notice("en"))
