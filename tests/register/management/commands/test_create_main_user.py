"""The first main user, made by an administrator or by a script."""

import io

import pytest
from django.core.management import CommandError, call_command

from register.models import AccessChange, AccessLogEntry, OneTimeLink, StaffMember
from register.models.staff import Role
from tests.links import set_password_by

pytestmark = pytest.mark.django_db
PERSON = {
    "username": "paula",
    "email": "paula@example.org",
    "first_name": "Paula",
    "last_name": "Pää",
}
PASSWORD = "kolme keltaista kukkoa"


def test_without_a_terminal_it_says_what_to_give(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandError, match=r"Ilman päätettä anna myös --first-name, --last-name\."):
        call_command("create_main_user", username="paula", email="paula@example.org")
    assert not StaffMember.objects.exists()


def test_in_a_terminal_it_asks_in_the_language_of_its_sisters(monkeypatch):
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        "builtins.input",
        lambda question: asked.append(question) or PERSON[[*PERSON][len(asked) - 1]],
    )
    call_command("create_main_user", stdout=io.StringIO())
    assert asked == ["Käyttäjätunnus: ", "Sähköpostiosoite: ", "Etunimi: ", "Sukunimi: "]
    assert StaffMember.objects.get().name == "Paula Pää"


def test_it_prints_a_link_by_which_the_owner_sets_the_password(client):
    told = io.StringIO()
    call_command("create_main_user", **PERSON, stdout=told)

    member = StaffMember.objects.get()
    assert told.getvalue().startswith(f"Pääkäyttäjä {member} on lisätty.")
    assert member.roles == {Role.MAIN_USER}
    assert not member.user.has_usable_password()
    assert set(AccessLogEntry.objects.values_list("actor", flat=True)) == {None}
    assert {change.actor for change in AccessChange.objects.all()} == {None}
    set_password_by(told.getvalue().splitlines()[-1], PASSWORD, browser=client)
    assert client.login(username="paula", password=PASSWORD)


def test_what_does_not_fit_leaves_neither_account_nor_link():
    with pytest.raises(CommandError):
        call_command("create_main_user", **PERSON | {"first_name": "Pаula"})
    assert not StaffMember.objects.exists()
    assert not OneTimeLink.objects.exists()
