"""The search of pages stands under "Sivut" only: what is typed there is in the address (C38)."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from register.models.staff import Role
from tests.factories import AssignmentFactory, staff

pytestmark = pytest.mark.usefixtures("site_content")
PROPS = re.compile(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', re.DOTALL)
# A form that is sent by GET, as a form without a method is, and takes words.
BY_GET = re.compile(r'<form(?![^>]*method="post")[^>]*>(?:(?!</form>).)*name="q"', re.DOTALL)
BOTH = (Role.COUNSELLOR, Role.EDITOR)
REGISTER = ("asiakkaat", "tilaukset", "muistiinpanot", "palautteet", "toimipaikat")


def modules(page: str) -> list[str]:
    """Return the kinds of the sidebar's parts."""
    return re.findall(r"wagtail\.sidebar\.(\w+)", json.dumps(json.loads(PROPS.search(page)[1])))


@pytest.mark.parametrize("roles", [BOTH, (Role.EDITOR,), tuple(Role)])
def test_no_sidebar_has_it_and_neither_has_the_home_page(client, roles):
    client.force_login(staff(*roles))
    for url in (
        "/admin/",
        "/admin/account/",
        "/admin/pages/",
        reverse("wagtailadmin_explore_root"),
    ):
        page = client.get(url, follow=True).content.decode()
        assert "MainMenuModule" in modules(page)
        assert "SearchModule" not in modules(page)
    assert not BY_GET.search(client.get("/admin/").content.decode())


def test_no_screen_of_the_register_has_it(client):
    user = staff(*BOTH)
    card = reverse(
        "asiakkaat_modeladmin_inspect", args=[AssignmentFactory(user=user).content_object_id]
    )
    client.force_login(user)
    lists = [reverse(f"{name}_modeladmin_index") for name in REGISTER]
    for url in (*lists, card, reverse("asiakkaat_modeladmin_create")):
        page = client.get(url).content.decode()
        assert "SearchModule" not in modules(page)
        assert not BY_GET.search(page)


def test_pages_are_searched_where_they_are_listed(client):
    client.force_login(staff(*BOTH))
    url = reverse("wagtailadmin_explore", args=[Page.objects.get(depth=2).pk])
    assert 'name="q"' in client.get(url).content.decode()
    assert "Anna palautetta" in client.get(url, {"q": "palaute"}).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
@pytest.mark.parametrize(
    "name", ["wagtailadmin_pages:search", "wagtailadmin_pages:search_results", "explore_root"]
)
def test_the_address_is_closed_to_whoever_may_edit_no_page(client, role, name):
    client.force_login(staff(role))
    url = reverse(name if ":" in name else f"wagtailadmin_{name}")
    response = client.get(url, {"q": "Salainen"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
