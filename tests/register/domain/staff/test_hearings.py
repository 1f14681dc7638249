"""Act 759/2004: the staff are heard before what they do is summed up."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from register.domain.staff.hearings import record_hearing, remove_hearing, were_heard
from register.exceptions import NotAllowed
from register.models import AccessLogEntry
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
TOMORROW = TODAY + timedelta(1)


@pytest.mark.parametrize("role", [Role.MAIN_USER, Role.DATA_PROTECTION])
def test_they_were_heard_from_the_day_that_is_on_file(role):
    assert not were_heard(today=TODAY)
    # Nobody needs an agreement or training for it: it comes before the register is used.
    by = staff(role, agreement_signed_on=None, law_trained_on=None)
    hearing = record_hearing(held_on=TODAY, by=by, today=TODAY)
    assert not were_heard(today=TODAY - timedelta(1))
    assert were_heard(today=TODAY)
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.object_key) == (by.pk, str(hearing.pk))


def test_nobody_was_heard_on_a_day_to_come():
    by = staff(Role.MAIN_USER)
    with pytest.raises(ValidationError):
        record_hearing(held_on=TOMORROW, by=by, today=TODAY)


def test_what_was_recorded_by_mistake_is_taken_off():
    by = staff(Role.DATA_PROTECTION)
    hearing = record_hearing(held_on=TODAY, by=by, today=TODAY)
    remove_hearing(hearing, seen=1, by=by, today=TODAY)
    assert not were_heard(today=TODAY)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING, Role.EDITOR])
def test_it_is_for_main_user_and_data_protection_contact(role):
    with pytest.raises(NotAllowed):
        record_hearing(held_on=TODAY, by=staff(role), today=TODAY)
