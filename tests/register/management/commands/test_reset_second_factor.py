"""C36: the last main user's lost telephone: reset on the server, and said so."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from register.models import AccessChange, AccessLogEntry
from register.models.staff import ChangeKind, Role
from tests.factories import staff
from tests.factors import with_app

pytestmark = pytest.mark.django_db


def test_it_takes_them_all_and_says_that_it_was_done_on_the_server(capsys):
    user = staff(Role.MAIN_USER)
    with_app(user)
    call_command("reset_second_factor", user.username.upper())
    assert not Authenticator.objects.exists()
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.actor, entry.view) == (None, "staff_factor_reset")
    assert entry.object_key == str(user.staff_member.pk)
    change = AccessChange.objects.get()
    assert (change.kind, change.on_server) == (ChangeKind.SECOND_FACTOR, True)
    assert "Lisävahvistus nollattiin" in capsys.readouterr().out


def test_an_unknown_name_is_told():
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "ei-kukaan")
