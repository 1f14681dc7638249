"""A button does its act on the version that the person saw, or says who was faster."""

import pytest
from bs4 import BeautifulSoup

from register.models.staff import Role
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.clients.assignments import AssignmentAdmin
from register.wagtail_admin.staff.documents import StaffDocumentAdmin
from tests.factories import (
    AssignmentFactory,
    staff,
)
from tests.forms import form_of, open_form
from tests.register.wagtail_admin.base.buttons import ACTIONS, HARMLESS
from tests.register.wagtail_admin.base.test_editing import address, all_screens, erase

pytestmark = pytest.mark.django_db


BUTTONS = pytest.mark.parametrize(
    "screen", ACTIONS, ids=lambda action: f"{action[0].__name__}-{action[1]}"
)
ASKING = pytest.mark.parametrize(
    "screen",
    [action for action in ACTIONS if action not in HARMLESS],
    ids=lambda action: f"{action[0].__name__}-{action[1]}",
)


def registered_actions():
    return {(screen, action.name): action for screen in all_screens() for action in screen.actions}


def test_each_button_is_tried_here():
    assert set(ACTIONS) == set(registered_actions())


def test_each_button_has_a_page_that_asks_or_is_declared_harmless():
    for key, action in registered_actions().items():
        assert action.harmless == (key in HARMLESS), key
        assert action.harmless or action.consequences is not None, key


@pytest.mark.parametrize("declared", [{}, {"harmless": True, "consequences": list}])
def test_a_button_that_is_neither_or_both_cannot_be_made(declared):
    with pytest.raises(TypeError):
        ObjectAction(
            name="x", label="", explanation="", done="", offered=bool, run=print, **declared
        )


@ASKING
def test_nothing_is_done_before_its_page_was_read(screen, client):
    """The button leads to a page that names what it is about, and a bare POST does nothing."""
    admin, name = screen
    make, role, done, _typed = ACTIONS[screen]
    row = make()
    client.force_login(staff(role))
    card = client.get(address(admin, "inspect", row)).content.decode()
    assert f'href="{address(admin, name, row)}"' in card
    assert f'action="{address(admin, name, row)}"' not in card

    page = client.get(address(admin, name, row)).content.decode()
    assert str(admin().title_of(row)) in page
    assert len(BeautifulSoup(page, "html.parser").select(".register-confirm li")) >= 2
    seen = form_of(client.get(address(admin, name, row)), ".register-confirm form").data["seen"]
    answer = client.post(address(admin, name, row), {"seen": seen})
    assert "register-confirm" in answer.content.decode()
    row.refresh_from_db()
    assert not done(row)


@ASKING
def test_its_page_goes_back_to_the_object(screen, client):
    admin, name = screen
    make, role, _done, _typed = ACTIONS[screen]
    row = make()
    client.force_login(staff(role))
    page = BeautifulSoup(client.get(address(admin, name, row)).content, "html.parser")
    back = page.select_one(".register-confirm a.button-secondary")
    assert back["href"] == address(admin, "inspect", row)


def test_what_is_harmless_has_no_page(client):
    row = AssignmentFactory()
    client.force_login(staff(Role.MAIN_USER))
    assert client.get(address(AssignmentAdmin, "revoke", row)).status_code == 405


@pytest.fixture
def button(client):
    def press_later(screen):
        admin, name = screen
        make, role, done, typed = ACTIONS[screen]
        row = make()
        client.force_login(staff(role))
        if screen in HARMLESS:
            form = open_form(client, address(admin, "inspect", row), ".register-action")
        else:
            form = open_form(client, address(admin, name, row), ".register-confirm form")
        form.data |= {field: [value] for field, value in typed.items()}
        return row, form, done

    return press_later


@BUTTONS
def test_a_button_does_what_it_says(screen, client, button):
    row, form, done = button(screen)
    form.send(client)
    row.refresh_from_db()
    assert done(row)


@BUTTONS
@pytest.mark.parametrize("unseen", [{}, {"seen": None}, {"seen": "x"}])
def test_a_button_on_an_older_page_does_nothing_and_says_so(screen, client, button, unseen):
    row, form, done = button(screen)
    row.save()
    answer = form.send(client, **unseen)
    assert answer["Location"] == address(screen[0], "inspect", row)
    assert "Joku muutti tätä" in client.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert not done(row)


@BUTTONS
def test_a_button_that_somebody_else_pressed_says_so(screen, client, button):
    row, form, _done = button(screen)
    form.send(client)
    row.refresh_from_db()
    version = row.version
    answer = form.send(client)
    assert "Joku muutti tätä" in client.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert row.version == version


# A document stays: versions that were published refer to it.
@pytest.mark.parametrize(
    "screen",
    [action for action in ACTIONS if action[0] is not StaffDocumentAdmin],
    ids=lambda action: f"{action[0].__name__}-{action[1]}",
)
def test_a_button_on_a_page_of_an_erased_row_says_so(screen, client, button):
    row, form, _done = button(screen)
    erase(row)
    answer = form.send(client)
    assert answer.status_code == 410
    assert "Poistettu sillä välin" in answer.content.decode()
