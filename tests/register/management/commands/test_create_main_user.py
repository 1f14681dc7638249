"""The first main user, made by an administrator or by a script."""

import io

import pytest
from django.core.management import CommandError, call_command

from register.models import StaffMember


@pytest.mark.django_db
def test_without_a_terminal_it_says_what_to_give(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="--first-name, --last-name"):
        call_command("create_main_user", username="paula", email="paula@example.org")
    assert not StaffMember.objects.exists()
