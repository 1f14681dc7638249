"""Each model's address, icon and place in the menu are said once, and used."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import translation

from register.checks import registered_screens
from register.models import Client, Heartbeat, Note, StaffMember
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.screens import SCREENS, address, menu_label

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
