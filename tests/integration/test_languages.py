"""The staff read the admin in the language of their account; Finnish unless they chose another."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from wagtail.users.models import UserProfile

from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title", "button"),
    [
        ("", "Asiakkaat", "Lisää asiakas"),
        ("fi", "Asiakkaat", "Lisää asiakas"),
        ("sv", "Kunder", "Lägg till kund"),
        ("en", "Clients", "Add client"),
    ],
)
def test_a_list_is_in_the_language_of_the_account(client, language, title, button):
    user = staff(Role.COUNSELLOR)
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    page = client.get(reverse("asiakkaat_modeladmin_index"), headers={"accept-language": "de"})
    assert f"<title>{title} - " in page.text.replace("\n", "")
    assert button in page.text


@pytest.mark.parametrize(
    ("language", "written"), [("fi", "1.2.2027"), ("sv", "2027-02-01"), ("en", "1 Feb 2027")]
)
def test_no_date_can_be_read_in_two_ways(language, written):
    with translation.override(language):
        assert date_format(date(2027, 2, 1), "SHORT_DATE_FORMAT") == written
