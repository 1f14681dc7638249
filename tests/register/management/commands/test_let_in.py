"""C35: the way back in when nobody can give a link; it stands in the log as done on the server."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from register.models import AccessChange, AccessLogEntry, OneTimeLink
from register.models.staff import ChangeKind, Role
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.links import set_password_by

pytestmark = pytest.mark.django_db
NEW = "neljä satunnaista sanaa"


def let_in(username):
    told = io.StringIO()
    call_command("let_in", username, stdout=told)
    return next(line for line in told.getvalue().splitlines() if "#" in line)


def test_it_prints_a_link_and_the_old_password_stays_until_it_is_used(client):
    user = staff(Role.MAIN_USER)
    address = let_in(user.username.upper())
    assert client.login(username=user.username, password=PASSWORD)
    set_password_by(address, NEW, browser=client)
    assert client.login(username=user.username, password=NEW)
    assert not client.login(username=user.username, password=PASSWORD)


def test_the_log_and_the_contacts_list_say_that_it_was_done_on_the_server():
    user = staff(Role.MAIN_USER)
    let_in(user.username)
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.view) == (None, "staff_link")
    assert entry.object_key == str(user.staff_member.pk)
    change = AccessChange.objects.get()
    assert (change.kind, change.on_server) == (ChangeKind.LINK, True)


@pytest.mark.parametrize("standing", ["closed_on", "suspended_from"])
def test_it_opens_no_account_whose_login_is_removed(standing):
    user = staff(Role.MAIN_USER, **{standing: timezone.localdate()})
    with pytest.raises(CommandError):
        let_in(user.username)
    assert not OneTimeLink.objects.exists()


def test_an_unknown_name_is_told():
    with pytest.raises(CommandError):
        let_in("ei-kukaan")
