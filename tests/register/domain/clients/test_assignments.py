"""C33, C35: periods that are never overwritten, and a past that stays as it was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from register.access.gate import may_see
from register.domain.clients import assignments
from register.exceptions import Erased, NotAllowed, Stale
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject, Assignment, RegisterLogEntry
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, HoldFactory, staff

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR, user__first_name="Aino", user__last_name="Ohjaaja")


@pytest.fixture
def assign(main_user, aino):
    """Assign on a day; a client of its own and Aino unless told otherwise."""

    def assign(valid_from, valid_until=None, *, client=None, user=aino, today=TODAY):
        return assignments.assign(
            client=client or ClientFactory(),
            user=user,
            valid_from=valid_from,
            valid_until=valid_until,
            by=main_user,
            today=today,
        )

    return assign


@pytest.fixture
def set_dates(main_user):
    def set_dates(assignment, valid_from, valid_until, *, today=TODAY, seen=None):
        return assignments.set_dates(
            assignment=assignment,
            valid_from=valid_from,
            valid_until=valid_until,
            seen=seen,
            by=main_user,
            today=today,
        )

    return set_dates


def days(assignment):
    assignment.refresh_from_db()
    return assignment.valid_from, assignment.valid_until


def test_periods_of_one_counsellor_and_client_are_rows_of_their_own(assign):
    first = assign(TODAY, date(2027, 6, 30))
    second = assign(date(2027, 7, 1), None, client=first.content_object)
    assert first.pk != second.pk
    assert days(first) == (TODAY, date(2027, 6, 30))


def test_an_overlap_is_refused_with_the_words_of_the_other_period(assign):
    first = assign(TODAY, date(2027, 6, 30))
    with pytest.raises(ValidationError) as refusal:
        assign(date(2027, 6, 30), client=first.content_object)
    [message] = refusal.value.messages
    assert message.startswith("Aino Ohjaaja (")
    assert " on jo vastuussa asiakkaasta 1.3.2027–30.6.2027." in message
    assert Assignment.objects.get() == first


def test_adding_a_client_again_under_an_open_period_says_so(assign):
    first = assign(TODAY)
    with pytest.raises(ValidationError) as refusal:
        assign(date(2028, 1, 1), date(2028, 1, 2), client=first.content_object)
    [message] = refusal.value.messages
    assert message.startswith("Aino Ohjaaja (")
    assert " on jo vastuussa asiakkaasta 1.3.2027 alkaen." in message


def test_every_period_in_the_way_is_told(assign):
    first = assign(TODAY, date(2027, 3, 31))
    assign(date(2027, 5, 1), date(2027, 5, 31), client=first.content_object)
    with pytest.raises(ValidationError) as refusal:
        assign(TODAY, client=first.content_object)
    assert [word in refusal.value.messages[at] for at, word in ((0, "31.3."), (1, "31.5."))] == [
        True,
        True,
    ]


def test_others_periods_are_in_nobodys_way(assign):
    first = assign(TODAY)
    assign(TODAY, client=first.content_object, user=staff(Role.COUNSELLOR))
    assign(TODAY)
    assert Assignment.objects.count() == 3


def test_a_period_is_not_prolonged_into_the_next(assign, set_dates):
    first = assign(TODAY, date(2027, 6, 30))
    assign(date(2027, 7, 1), client=first.content_object)
    with pytest.raises(ValidationError):
        set_dates(first, TODAY, date(2027, 7, 1))
    assert days(first) == (TODAY, date(2027, 6, 30))


def test_no_period_begins_in_the_past(assign):
    with pytest.raises(ValidationError) as refusal:
        assign(TODAY - ONE_DAY)
    assert set(refusal.value.message_dict) == {"valid_from"}
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("row", "wanted", "field"),
    [
        ((-5, None), (-6, None), "valid_from"),
        ((-5, None), (-4, None), "valid_from"),
        ((0, None), (1, None), "valid_from"),
        ((3, None), (-1, None), "valid_from"),
        ((-5, None), (-5, -1), "valid_until"),
        ((-5, 9), (-5, -1), "valid_until"),
        ((-5, -1), (-5, 0), "__all__"),
        ((-5, -2), (-5, -3), "__all__"),
    ],
    ids=str,
)
def test_the_past_is_not_rewritten(row, wanted, field, set_dates):
    def at(day):
        return None if day is None else TODAY + day * ONE_DAY

    period = AssignmentFactory(valid_from=at(row[0]), valid_until=at(row[1]))
    before = days(period)
    with pytest.raises(ValidationError) as refusal:
        set_dates(period, at(wanted[0]), at(wanted[1]))
    told = getattr(refusal.value, "error_dict", {"__all__": None})
    assert set(told) == {field}
    assert days(period) == before


@pytest.mark.parametrize(
    ("row", "wanted"),
    [((-5, None), (-5, 0)), ((-5, 0), (-5, None)), ((2, 3), (0, 9)), ((-5, -2), (-5, -2))],
    ids=str,
)
def test_the_future_is_open(row, wanted, set_dates):
    def at(day):
        return None if day is None else TODAY + day * ONE_DAY

    period = AssignmentFactory(valid_from=at(row[0]), valid_until=at(row[1]))
    set_dates(period, at(wanted[0]), at(wanted[1]))
    assert days(period) == (at(wanted[0]), at(wanted[1]))


def test_a_period_is_ended_at_once_and_the_day_remembers(assign, main_user, aino):
    period = assign(TODAY)
    client = period.content_object
    assert may_see(aino, client, today=TODAY)

    assignments.revoke(assignment=period, seen=None, by=main_user, today=TODAY)

    assert not may_see(aino, client, today=TODAY)
    assert assignments.on(TODAY, by=main_user, today=TODAY, client=client) == [period]
    assert assignments.on(TODAY + ONE_DAY, by=main_user, today=TODAY, client=client) == []
    assert days(period) == (TODAY, None)


def test_what_was_ended_by_mistake_is_given_back_on_the_same_day(assign, main_user, aino):
    period = assign(TODAY)
    assignments.revoke(assignment=period, seen=None, by=main_user, today=TODAY)
    assign(TODAY, client=period.content_object)
    assert may_see(aino, period.content_object, today=TODAY)
    assert Assignment.objects.current(TODAY).count() == 1


def test_a_period_that_has_not_begun_is_cancelled(assign, main_user):
    period = assign(TODAY + 5 * ONE_DAY)
    cancelled = assignments.revoke(assignment=period, seen=None, by=main_user, today=TODAY)
    assert cancelled.period == "peruttu 1.3.2027"
    for day in (TODAY, TODAY + 5 * ONE_DAY):
        assert assignments.on(day, by=main_user, today=TODAY) == []
    assign(TODAY, client=period.content_object)


def test_what_is_over_stays_as_it_is(assign, main_user, set_dates):
    over = AssignmentFactory(valid_until=TODAY - ONE_DAY)
    assert (
        assignments.revoke(assignment=over, seen=None, by=main_user, today=TODAY).revoked_on is None
    )
    revoked = assignments.revoke(assignment=assign(TODAY), seen=None, by=main_user, today=TODAY)
    with pytest.raises(ValidationError):
        set_dates(revoked, TODAY, TODAY + ONE_DAY)


def test_each_change_is_logged_with_counsellor_and_client(assign, set_dates, main_user, aino):
    period = assign(TODAY)
    set_dates(period, TODAY, TODAY + ONE_DAY)
    assignments.revoke(assignment=period, seen=None, by=main_user, today=TODAY)

    entries = AccessLogEntry.objects.order_by("pk")
    assert [entry.details.get("fields") for entry in entries] == [
        None,
        ["valid_until"],
        ["revoked_on"],
    ]
    for entry in entries:
        assert (entry.actor, entry.action) == (main_user.pk, Action.ASSIGN)
        assert (entry.purpose, entry.object_key) == (Purpose.ADMINISTRATION, str(period.pk))
        assert entry.details["counsellor"] == aino.pk
        subject = AccessLogSubject.objects.get(entry=entry.pk)
        assert subject.client == period.content_object_id
    assert RegisterLogEntry.objects.filter(object_id=str(period.pk)).count() == 3


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MAIN_USER])
def test_only_a_main_user_assigns(role, aino):
    actor, period = staff(role), AssignmentFactory()
    AssignmentFactory(user=actor, content_object=period.content_object)
    HoldFactory(client=period.content_object)
    given = {"by": actor, "today": TODAY}
    dates = {"valid_from": TODAY, "valid_until": None}
    for attempt in (
        lambda: assignments.assign(client=ClientFactory(), user=actor, **dates, **given),
        lambda: assignments.set_dates(assignment=period, seen=None, **dates, **given),
        lambda: assignments.revoke(assignment=period, seen=None, **given),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_stale_page_and_an_erased_client_are_answered(assign, set_dates, main_user):
    period = assign(TODAY)
    set_dates(period, TODAY, TODAY + ONE_DAY, seen=1)
    with pytest.raises(Stale):
        set_dates(period, TODAY, None, seen=1)
    with pytest.raises(Stale):
        assignments.revoke(assignment=period, seen=1, by=main_user, today=TODAY)
    client = period.content_object
    type(client).objects.filter(pk=client.pk).delete()
    with pytest.raises(Erased):
        set_dates(period, TODAY, None)
    with pytest.raises(Erased):
        assign(TODAY, client=client)


def test_the_contact_is_answered_for_clients_in_an_open_matter():
    contact = staff(Role.DATA_PROTECTION)
    in_matter, other = AssignmentFactory(), AssignmentFactory()
    HoldFactory(client=in_matter.content_object)

    assert assignments.on(TODAY, by=contact, today=TODAY) == [in_matter]
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.purpose) == (contact.pk, Purpose.RIGHTS)
    assert assignments.on(TODAY, by=contact, today=TODAY, user=other.user) == []


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING, Role.EDITOR])
def test_nobody_else_asks_who_could_see_whom(role):
    user = staff(role)
    AssignmentFactory(user=user)
    with pytest.raises(NotAllowed):
        assignments.on(TODAY, by=user, today=TODAY)
