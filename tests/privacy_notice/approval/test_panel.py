"""The first screen leads to the versions, and says when the yearly review is due (C39)."""

from datetime import date

import pytest

from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.usefixtures("site_content")
DUE = "9.3.2021"


def first_screen(client, role):
    client.force_login(staff(role))
    return client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_who_edits_or_approves_is_led_to_the_versions_and_reminded(client, role):
    PrivacyNoticePage.objects.update(reviewed_on=date(2020, 3, 9))
    shown = first_screen(client, role)
    told = role in (Role.EDITOR, Role.DATA_PROTECTION, Role.MAIN_USER)
    address = f"/admin/tietosuojaseloste/{PrivacyNoticePage.objects.get().pk}/versiot/"
    assert (DUE in shown) == (address in shown) == told


def test_what_is_not_due_is_not_told_of(client):
    assert "Vuosittainen tarkistus" not in first_screen(client, Role.EDITOR)
