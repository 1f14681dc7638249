"""C19: a translation is no change of which clients are told; the notice in Finnish is."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from privacy_notice.approval import views
from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.models import MaterialChange, PublishedPurpose
from register.models.staff import Role
from tests.factories import ClientFactory, staff
from tests.privacy_notice.approval.acting import approved

pytestmark = pytest.mark.usefixtures("every_language", "shut_purposes")


@pytest.fixture
def swedish():
    page = PrivacyNoticePage.objects.get(locale__language_code="sv")
    draft = page.get_latest_revision_as_object()
    draft.title = "Ny rubrik"
    draft.save_revision()
    page.get_workflow().start(page, staff(Role.EDITOR))
    return page


def test_a_translation_tells_nobody(swedish):
    ClientFactory()
    PublishedPurpose.objects.first().delete()
    with pytest.raises(ValidationError):
        approved(swedish, material=True)
    approved(swedish)
    assert NoticeVersion.objects.current(swedish).number == 2
    assert not MaterialChange.objects.exists()


def test_its_screen_offers_no_tick_and_says_so(swedish, client):
    client.force_login(staff(Role.DATA_PROTECTION))
    page = client.get(reverse(views.APPROVAL, args=[swedish.pk])).content.decode()
    assert 'name="material"' not in page
    assert "sivuston oman kielen selosteella" in page
