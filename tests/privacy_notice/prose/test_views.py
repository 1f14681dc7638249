"""The editor's list of facts: those that are set, with what they print."""

from register.models import Controller
from register.models.staff import Role
from tests.factories import staff

ADDRESS = "/admin/tietosuojaseloste/tosiasiat/"


def test_an_editor_chooses_from_what_is_set(client, site_content):
    Controller.objects.update(phone="")
    client.force_login(staff(Role.EDITOR))
    offered = {each["name"]: each for each in client.get(ADDRESS).json()["facts"]}
    assert offered["email"]["text"] == "futuuri@tyovalmennus.fi"
    assert offered["voucher_years"]["text"] == "6 vuotta"
    assert "phone" not in offered


def test_a_stranger_gets_the_login_page(client, site_content):
    assert client.get(ADDRESS).status_code == 302
