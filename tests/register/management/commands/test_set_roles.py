"""C35: roles that nobody else can change are changed on the server, and the log says so."""

import pytest
from django.core.management import CommandError, call_command

from register.models import AccessChange, AccessLogEntry, StaffMember
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db


def roles_of(user):
    return StaffMember.objects.get(user=user).roles


def test_it_gives_exactly_these_roles_and_is_logged(capsys):
    user = staff(Role.MAIN_USER, Role.DATA_PROTECTION)
    call_command("set_roles", user.username, "main_user", "counsellor")
    assert roles_of(user) == {Role.MAIN_USER, Role.COUNSELLOR}
    entry = AccessLogEntry.objects.get()
    assert entry.actor is None
    assert entry.details["roles_before"] == ["data_protection", "main_user"]
    assert AccessChange.objects.get().on_server
    assert user.staff_member.name not in capsys.readouterr().out


def test_the_last_main_user_stays():
    user = staff(Role.MAIN_USER)
    with pytest.raises(CommandError):
        call_command("set_roles", user.username, "counsellor")
    assert roles_of(user) == {Role.MAIN_USER}


@pytest.mark.parametrize("asked", [["ei-kukaan", "main_user"], ["{}", "root"], ["{}"]])
def test_what_does_not_fit_changes_nothing(asked):
    user = staff(Role.MAIN_USER)
    with pytest.raises(CommandError):
        call_command("set_roles", *(each.format(user.username) for each in asked))
    assert roles_of(user) == {Role.MAIN_USER}
