"""C44: one command lets go on what waits since the clock jumped."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import OrmQ

from register.domain.access_log import trusted_day
from register.domain.operations import heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jumped():
    heartbeat.beat(now=timezone.localtime() - timedelta(days=400))


def test_it_trusts_the_clock_and_starts_what_waited(capsys):
    call_command("confirm_day", str(timezone.localdate()))
    assert trusted_day.doubt(now=timezone.now()) is None
    assert OrmQ.objects.count() == 3
    assert "jatkuvat" in capsys.readouterr().out


def test_it_wants_the_day_from_a_calendar_and_not_from_the_clock():
    with pytest.raises(CommandError, match="Korjaa se ensin"):
        call_command("confirm_day", str(timezone.localdate() - timedelta(days=400)))
    assert trusted_day.doubt(now=timezone.now())
