"""Who confirms by hand, what is noted of it, and what happens to the second of two (C32, C37)."""

import pytest

from privacy_notice.models import SignOff
from privacy_notice.watch import signing
from register.exceptions import NotAllowed, Stale
from register.models import AccessLogEntry, RegisterLogEntry
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import UserFactory, staff

pytestmark = pytest.mark.django_db
MAY = {Role.MAIN_USER, Role.DATA_PROTECTION}


def confirm(by, seen=0, clause="C37"):
    return signing.confirm(clause=clause, seen=seen, by=by, today=today())


@pytest.mark.parametrize("role", Role)
def test_main_user_and_contact_confirm_and_nobody_else(role):
    by = staff(role)
    if role in MAY:
        row = confirm(by)
        assert (row.number, row.confirmed_by, row.confirmed_on) == (1, by, today())
    else:
        with pytest.raises(NotAllowed):
            confirm(by)
        assert not SignOff.objects.exists()


@pytest.mark.parametrize("lacking", [{"agreement_signed_on": None}, {"law_trained_on": None}])
def test_whoever_may_not_enter_confirms_nothing(lacking):
    with pytest.raises(NotAllowed):
        confirm(staff(Role.MAIN_USER, **lacking))


def test_whoever_may_not_hears_nothing_of_others():
    """Refused before it is told that somebody else has confirmed."""
    confirm(staff(Role.MAIN_USER))
    with pytest.raises(NotAllowed):
        confirm(staff(Role.BILLING))


def test_a_superuser_confirms_nothing():
    with pytest.raises(NotAllowed):
        confirm(UserFactory(is_superuser=True))


def test_it_is_in_the_log_and_names_its_object():
    by = staff(Role.MAIN_USER)
    row = confirm(by)
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.model, entry.object_key) == (
        by.pk,
        "privacy_notice.SignOff",
        str(row.pk),
    )
    assert (entry.action, entry.purpose, entry.view) == ("create", "rights", "promise_confirm")
    assert RegisterLogEntry.objects.get().label == str(row.pk)


def test_the_second_of_two_is_told():
    first, second = staff(Role.MAIN_USER), staff(Role.DATA_PROTECTION)
    confirm(first)
    with pytest.raises(Stale):
        confirm(second)
    assert confirm(second, seen=1).number == 2
    assert confirm(first, clause="C32").number == 1


def test_of_two_at_the_same_moment_the_second_is_told(monkeypatch):
    """Both have read that there is none."""
    by = staff(Role.MAIN_USER)
    confirm(by)
    monkeypatch.setattr(signing, "last_number", lambda clause: 0)
    with pytest.raises(Stale):
        confirm(by)
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize("clause", ["C01", "C47", "X1"])
def test_what_nobody_confirms_cannot_be(clause):
    with pytest.raises(KeyError):
        confirm(staff(Role.MAIN_USER), clause=clause)
