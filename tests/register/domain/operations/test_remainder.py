"""O4: on 31 January an e-mail says what is still to be erased, once."""

from datetime import date, datetime

import pytest

from register.domain.operations import heartbeat, remainder
from register.exceptions import DayInDoubt
from register.models import Heartbeat, RetentionRun
from register.models.staff import Role
from register.reference.clock import local
from tests.factories import HoldFactory, RetentionRunFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def contact(mails):
    staff(Role.DATA_PROTECTION)


def tell(text, set_clock):
    now = datetime.fromisoformat(f"{text}T08:05:00+02:00")
    set_clock(now)
    heartbeat.beat(now=now)
    return remainder.tell(today=local(now).date(), now=now)


def a_run(day, **counts):
    finished = datetime.fromisoformat(f"{day}T00:06:00+02:00")
    RetentionRunFactory(today=finished.date(), started_at=finished, finished_at=finished, **counts)


@pytest.mark.parametrize(("day", "mailed"), [("2027-01-30", 0), ("2027-01-31", 1)])
def test_it_is_told_on_the_last_day(mails, set_clock, day, mailed):
    a_run(day, clients_waiting=2, clients_failed=1)
    assert tell(day, set_clock) == len(mails) == mailed
    if mailed:
        assert "3 asiakasta" in mails[0].get_content()
        assert "/admin/" in mails[0].get_content()


def test_it_is_told_once_a_year(mails, set_clock):
    a_run("2027-01-31", clients_waiting=1)
    assert [tell(day, set_clock) for day in ("2027-01-31", "2027-02-01")] == [1, 0]
    Heartbeat.objects.update(trusted_on=date(2028, 1, 30))
    a_run("2028-01-31", clients_waiting=1)
    assert tell("2028-01-31", set_clock) == 1
    assert len(mails) == 2


def test_nothing_is_told_when_nothing_is_left(mails, set_clock):
    a_run("2027-01-31")
    assert tell("2027-01-31", set_clock) == 0
    assert mails == []


def test_what_failed_is_told_after_january_too(mails, set_clock):
    """The machine was off on the 31st."""
    a_run("2027-02-03", clients_failed=1, clients_waiting=5)
    assert tell("2027-02-03", set_clock) == 1
    assert "1 asiakasta" in mails[0].get_content()


def test_when_no_run_has_finished_they_are_counted(mails, set_clock):
    old = {"starts_on": date(2026, 1, 2), "planned_end": date(2026, 6, 15)}
    for _ in range(2):
        ServiceOrderFactory(**old)
    HoldFactory(client=ServiceOrderFactory(**old).client)
    RetentionRun.objects.create(today=date(2027, 1, 31), passes=1)
    assert tell("2027-01-31", set_clock) == 1
    assert "2 asiakasta" in mails[0].get_content()


def test_a_clock_in_doubt_has_no_january(mails, set_clock):
    a_run("2028-01-31", clients_waiting=1)
    heartbeat.beat(now=datetime.fromisoformat("2027-01-01T00:00:00+02:00"))
    with pytest.raises(DayInDoubt):
        tell("2028-01-31", set_clock)
    assert mails == []


def test_a_mail_that_could_not_be_sent_is_tried_the_next_day(mails, set_clock, settings):
    a_run("2027-01-31", clients_failed=1)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert tell("2027-01-31", set_clock) == 0
    settings.EMAIL_PORT = port
    a_run("2027-02-01", clients_failed=1)
    assert tell("2027-02-01", set_clock) == 1
