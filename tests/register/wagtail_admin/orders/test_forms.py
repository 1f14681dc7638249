"""What can be chosen for an order, and whom to ask where nothing can."""

import re

import pytest
from bs4 import BeautifulSoup

from register.models.staff import Role
from tests.factories import OfficeFactory, ServiceFactory, staff

pytestmark = pytest.mark.django_db


def test_a_counsellor_who_finds_no_service_is_told_whom_to_ask(client):
    main_user = staff(Role.MAIN_USER)
    by = staff(Role.COUNSELLOR)
    client.force_login(by)
    OfficeFactory()
    ServiceFactory(active=False)
    page = BeautifulSoup(client.get("/admin/asiakkaat/create/").content, "html.parser")
    told = page.find(string=re.compile("Valittavaa ei vielä ole"))
    assert f"Pyydä pääkäyttäjää lisäämään se: {main_user.get_full_name()}." in told
    assert len(page.find_all(string=re.compile("Valittavaa ei vielä ole"))) == 1


def test_one_who_is_a_main_user_too_is_shown_where(client):
    client.force_login(staff(Role.COUNSELLOR, Role.MAIN_USER))
    page = client.get("/admin/asiakkaat/create/").content.decode()
    assert "Pyydä pääkäyttäjää" not in page
    assert '<a href="/admin/palvelut/create/">Lisää se ensin</a>' in page
    assert '<a href="/admin/toimipaikat/create/">Lisää se ensin</a>' in page
