"""Each model's address, icon and place in the menu are said once, and used."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

from register.checks import registered_screens
from register.models import Client, Heartbeat, Note, StaffMember
from register.models.staff import Role
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.menu import LOOKS
from register.wagtail_admin.base.screens import SCREENS, Group, address, menu_label
from tests.factories import staff

every_screen = pytest.mark.parametrize(
    "screen", registered_screens(), ids=lambda s: s.opts.model_name
)


def test_the_table_holds_the_registered_screens_and_no_others():
    assert sorted(str(screen.opts) for screen in registered_screens()) == sorted(
        str(model._meta) for model in SCREENS
    )


def test_no_two_screens_share_an_address_or_a_place_in_the_menu():
    paths = [screen.path for screen in SCREENS.values()]
    places = [screen.order for screen in SCREENS.values() if screen.order is not None]
    assert len(set(paths)) == len(paths)
    assert len(set(places)) == len(places)


def test_a_screen_without_a_row_is_refused_at_the_start():
    class Beats(RegisterModelAdmin):
        model = Heartbeat

    with pytest.raises(ImproperlyConfigured, match=r"register\.Heartbeat has no row"):
        Beats()


@every_screen
def test_a_screen_takes_its_row(screen):
    row = SCREENS[screen.model]
    assert screen.url_helper.index_url == f"/admin/{row.path}/"
    assert screen.get_menu_icon() == row.icon
    assert screen.add_to_admin_menu == (row.order is not None)
    assert screen.get_menu_order() == (row.order or 999)
    assert screen.get_menu_label() == menu_label(screen.model)


def test_notes_are_read_on_the_client_card_and_not_in_the_menu():
    assert SCREENS[Note].order is None


@pytest.mark.parametrize(
    ("language", "plural", "own_words"),
    [
        ("fi", "Asiakkaat", "Henkilöstö"),
        ("sv", "Kunder", "Personal"),
        ("en", "Clients", "Staff"),
    ],
)
def test_the_menu_speaks_the_language_of_the_reader(language, plural, own_words):
    """Wagtail keeps the menu of the first request: its words must be translated when shown."""
    clients, staff = menu_label(Client), menu_label(StaffMember)
    with translation.override(language):
        assert (str(clients), str(staff)) == (plural, own_words)


def test_an_address_is_made_of_a_model_or_of_an_object():
    key = uuid.uuid4()
    assert address(Client, "index") == "/admin/asiakkaat/"
    assert address(Client, "create") == "/admin/asiakkaat/create/"
    assert address(Client, "inspect", key) == f"/admin/asiakkaat/inspect/{key}/"
    assert address(Client(pk=key), "inspect") == f"/admin/asiakkaat/inspect/{key}/"
    assert address(Client(pk=key), "index") == "/admin/asiakkaat/"


@pytest.mark.parametrize("model", SCREENS)
@pytest.mark.parametrize("action", ["index", "create", "inspect", "edit", "delete"])
def test_an_address_is_the_one_that_is_registered(model, action):
    key = [] if action in ("index", "create") else ["1"]
    name = f"{SCREENS[model].path}_modeladmin_{action}"
    assert address(model, action, *key) == reverse(name, args=key)


def test_no_icon_stands_twice_in_the_menu():
    icons = [screen.icon for screen in SCREENS.values() if screen.order is not None]
    icons += [look.icon for look in LOOKS.values()]
    assert sorted(set(icons)) == sorted(icons)


def entries(user):
    """Return what the menu holds for a person: the entries, or those of a group, by name."""
    request = request_of(user)
    shown = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    return {
        item.name: [each.name for each in item.menu.menu_items_for_request(request)]
        if isinstance(item, SubmenuMenuItem)
        else None
        for item in shown
    }


@pytest.mark.django_db
def test_the_menu_is_grouped_and_fits_for_whoever_has_all_roles():
    everything = entries(staff(*Role))
    groups = {group.value for group in Group} - {Group.SITE.value}
    assert {f"register-{group}" for group in groups} <= everything.keys()
    assert len(everything) <= 10


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_group_is_there_only_with_several_entries_and_with_own_ones_only(role):
    user = staff(role)
    for name, items in entries(user).items():
        if name.startswith("register-"):
            assert len(items) > 1
    may = {
        screen.get_menu_item_name()
        for screen in registered_screens()
        if screen.add_to_admin_menu and screen.get_menu_item().is_shown(request_of(user))
    }
    shown = set(entries(user)).union(*(items or () for items in entries(user).values()))
    assert {name or "" for name in may} - {""} <= shown


def request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request
