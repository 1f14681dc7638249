"""C31: people are warned 60 and 14 days before a training ends, and when it is over, once each."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from register.domain.staff import expiring, warning
from register.models import StaffMember, TrainingWarning
from register.models.staff import Role, Training
from tests.factories import StaffMemberFactory, UserFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 4, 5, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


def ending(days, *roles, training=Training.PRACTICES, **attributes):
    """Return a user whose training ends so many days from today."""
    until = {training.valid_until: TODAY + timedelta(days=days)}
    return staff(*(roles or [Role.COUNSELLOR]), **until, **attributes)


@pytest.mark.parametrize(
    ("days", "stage"), [(61, None), (60, 60), (15, 60), (14, 14), (0, 14), (-1, 0), (-900, 0)]
)
@pytest.mark.parametrize("training", Training)
def test_it_is_time_sixty_and_fourteen_days_before_and_when_it_is_over(training, days, stage):
    member = ending(days, training=training).staff_member
    found = expiring.of_member(member, today=TODAY)
    assert [(each.training, each.stage) for each in found] == (
        [] if stage is None else [(training, stage)]
    )


def test_each_is_warned_once_and_so_are_the_main_users(main_user, mailoutbox):
    counsellor = ending(60)
    assert warning.warn(now=NOW) == 2
    assert warning.warn(now=NOW + timedelta(days=1)) == 0
    person, main = mailoutbox
    assert person.to == [counsellor.email]
    assert "24.1.2027" in person.subject
    assert main.to == [main_user.email]
    assert counsellor.last_name not in main.body

    assert warning.warn(now=NOW + timedelta(days=46)) == 2
    assert warning.warn(now=NOW + timedelta(days=61)) == 2
    assert "päättyi" in mailoutbox[-2].body
    assert warning.warn(now=NOW + timedelta(days=400)) == 0


def test_what_was_renewed_is_warned_of_anew(main_user):
    counsellor = ending(10)
    assert warning.warn(now=NOW) == 2
    StaffMember.objects.filter(user=counsellor).update(
        practices_valid_until=TODAY + timedelta(days=400)
    )
    assert warning.warn(now=NOW) == 0
    assert warning.warn(now=NOW + timedelta(days=341)) == 2


def test_the_mail_says_that_it_locks_only_where_it_does(main_user, mailoutbox, settings):
    ending(-1)
    warning.warn(now=NOW)
    assert "lukittu" not in mailoutbox[0].body
    locks = {"EXPIRED_TRAINING_LOCKS_AFTER": timedelta(0)}
    settings.REGISTER = {**settings.REGISTER, **locks}
    ending(-1)
    warning.warn(now=NOW)
    assert "lukittu" in mailoutbox[2].body


def test_a_mail_that_can_t_be_sent_is_sent_the_next_night(main_user, settings, mailoutbox):
    ending(5)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    assert warning.warn(now=NOW) == 0
    assert TrainingWarning.objects.get().told_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert warning.warn(now=NOW + timedelta(days=1)) == 2


class Watching(BaseEmailBackend):
    """Says of each mail whether a transaction is open, and after that fails as it is told."""

    in_transaction: ClassVar[list[bool]] = []
    failure: ClassVar[Exception | None] = None

    def send_messages(self, messages):
        self.in_transaction.append(connection.in_atomic_block)
        if self.failure:
            raise self.failure
        return len(messages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [None, OSError(), LookupError()], ids=["sent", "net", "fault"])
def test_no_transaction_waits_for_the_mail_server(settings, monkeypatch, failure):
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    monkeypatch.setattr(Watching, "in_transaction", [])
    monkeypatch.setattr(Watching, "failure", failure)
    staff(Role.MAIN_USER)
    ending(5)
    with suppress(LookupError):
        warning.warn(now=NOW)
    assert Watching.in_transaction
    assert not any(Watching.in_transaction)
    # What could not be sent is to be sent still, whatever went wrong.
    for row in TrainingWarning.objects.all():
        assert (row.told_at is None) is (failure is not None)
        assert (row.main_users_told_at is None) is (failure is not None)


def test_what_another_run_has_begun_to_send_is_not_sent_again(main_user, mailoutbox):
    ending(5)
    warning.warn(now=NOW)
    TrainingWarning.objects.update(main_users_told_at=None)
    assert warning.warn(now=NOW) == 1
    assert mailoutbox[-1].to == [main_user.email]


def test_of_somebody_without_a_log_in_the_main_user_hears(main_user, mailoutbox):
    StaffMemberFactory(user=UserFactory(is_active=False), law_valid_until=TODAY)
    assert warning.warn(now=NOW) == 1
    assert mailoutbox[0].to == [main_user.email]


@pytest.mark.parametrize(
    ("roles", "attributes"),
    [
        ([Role.EDITOR], {}),
        ([Role.COUNSELLOR], {"closed_on": TODAY}),
        ([Role.COUNSELLOR], {"suspended_from": TODAY}),
    ],
    ids=["editor", "closed", "away"],
)
def test_whom_it_does_not_concern_is_not_warned(main_user, roles, attributes):
    ending(5, *roles, **attributes)
    assert warning.warn(now=NOW) == 0


def test_who_returns_is_warned_then(main_user):
    ending(5, suspended_from=TODAY, suspended_until=TODAY + timedelta(days=2))
    assert warning.warn(now=NOW) == 0
    assert warning.warn(now=NOW + timedelta(days=3)) == 2
