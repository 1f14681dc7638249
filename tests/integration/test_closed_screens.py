"""Wagtail's own screens of users, groups, collections and sites are closed to every role (C35)."""

import pytest

from register.models.staff import Role
from tests.factories import staff
from tests.integration.test_log_in import addresses

pytestmark = pytest.mark.django_db
CLOSED = tuple(f"/admin/{screen}/" for screen in ("users", "groups", "collections", "sites"))
OPEN = {"/admin/account/", "/admin/session/", "/admin/logout/"}
WHO = [*([role] for role in Role), list(Role)]


def under(*prefixes: str) -> list[str]:
    return sorted(address for address in addresses() if address.startswith(prefixes))


def test_there_are_many():
    for screen in CLOSED:
        assert len(under(screen)) >= 3, screen


@pytest.mark.parametrize("roles", WHO, ids=lambda roles: "+".join(roles))
@pytest.mark.parametrize("method", ["get", "post"])
def test_none_opens_to_a_role(client, roles, method):
    client.force_login(staff(*roles))
    answers = {address: getattr(client, method)(address) for address in under(*CLOSED)}
    opened = {
        address: answer.status_code
        for address, answer in answers.items()
        if answer.status_code not in {302, 403, 404, 405}
        or (answer.status_code == 302 and answer["Location"] != "/admin/")
    }
    assert opened == {}


@pytest.mark.parametrize("role", Role)
def test_ones_own_account_and_session_are_open(client, role):
    assert set(under("/admin/account/", "/admin/session/", "/admin/logout/")) == OPEN
    client.force_login(staff(role))
    assert client.get("/admin/account/").status_code == 200
    assert client.get("/admin/session/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert client.get("/admin/session/").status_code == 302
