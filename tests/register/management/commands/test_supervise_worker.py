"""One supervisor is enough: of two, each would kill the other's tasks as frozen."""

import pytest
from django.core.management import CommandError, call_command

from register.files import private
from register.files.locks import lock


@pytest.mark.django_db
def test_a_second_supervisor_is_refused():
    with (
        lock(private.folder() / "supervisor.lock"),
        pytest.raises(CommandError, match="yksi riittää"),
    ):
        call_command("supervise_worker")
