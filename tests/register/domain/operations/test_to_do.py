"""C16, C33, C44: what a counsellor has to see to is counted, and listed with its legal date."""

from datetime import date, timedelta

import pytest

from register.domain.operations import to_do
from register.domain.operations.to_do import ToDo
from register.domain.retention import due
from register.models import AccessLogEntry, AccessLogSubject, ServiceOrder
from register.models.access_log import Action
from register.models.orders import NoteKind
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    run_on,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
LATER = date(2027, 12, 1)
COUNTS = 8  # queries


@pytest.fixture
def me():
    return staff(Role.COUNSELLOR)


def order(counsellor, **values):
    ordered = ServiceOrderFactory(
        **{"starts_on": TODAY - DAY, "planned_end": LATER, "counsellor": counsellor.staff_member}
        | values
    )
    AssignmentFactory(user=counsellor, content_object=ordered.client)
    return ordered


def on(kind, by):
    wanted = to_do.rows(kind, by=by, today=TODAY)
    return [row.pk for row in to_do.read(wanted, by=by, today=TODAY)]


LONG_AGO = {"starts_on": date(2025, 11, 24)}


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ({}, set()),
        ({"planned_end": TODAY - DAY, **LONG_AGO}, {ToDo.EXPIRED, ToDo.ERASED}),
        ({"planned_end": TODAY}, {ToDo.ENDING, ToDo.ERASED}),
        ({"planned_end": TODAY + 30 * DAY}, {ToDo.ENDING, ToDo.ERASED}),
        ({"planned_end": TODAY + 31 * DAY}, {ToDo.ERASED}),
        ({"planned_end": date(2027, 1, 1)}, set()),
        ({"actual_end": TODAY}, {ToDo.ERASED}),
        ({"planned_end": TODAY + DAY, "actual_end": TODAY}, {ToDo.ERASED}),
        ({"planned_end": TODAY - DAY, "cancelled_on": TODAY, **LONG_AGO}, {ToDo.ERASED}),
        (LONG_AGO, {ToDo.QUIET}),
        ({"starts_on": date(2025, 11, 25)}, set()),
        ({**LONG_AGO, "actual_end": TODAY}, {ToDo.ERASED}),
    ],
)
def test_a_service_stands_on_the_lists_that_concern_it(me, values, kinds):
    row = order(me, **values)
    assert {kind for kind in ToDo if on(kind, me) == [row.pk]} == kinds
    assert to_do.count(by=me, today=TODAY) == {kind: int(kind in kinds) for kind in ToDo}


def test_what_billing_has_is_nothing_to_prolong_or_end(me):
    exported = order(me, planned_end=TODAY - DAY, **LONG_AGO)
    BookkeepingRowFactory(order=exported)
    assert {kind for kind in ToDo if on(kind, me)} == {ToDo.ERASED}
    assert to_do.count(by=me, today=TODAY)[ToDo.EXPIRED] == 0
    (row,) = to_do.read(to_do.own(by=me, today=TODAY), by=me, today=TODAY)
    assert row.is_exported


def test_a_note_within_a_year_breaks_the_silence(me):
    noted, silent = order(me, **LONG_AGO), order(me, **LONG_AGO)
    NoteFactory(order=noted, met_on=date(2025, 11, 25))
    NoteFactory(order=silent, met_on=date(2025, 11, 24))
    assert on(ToDo.QUIET, me) == [silent.pk]


def test_a_meeting_to_which_nobody_came_is_no_sign_of_life(me):
    silent = order(me, **LONG_AGO)
    NoteFactory(order=silent, met_on=date(2026, 11, 1), kind=NoteKind.NO_SHOW)
    assert on(ToDo.QUIET, me) == [silent.pk]


def test_a_note_that_prolongs_takes_it_off_the_next_january(me):
    prolonged = order(me, planned_end=TODAY)
    NoteFactory(order=prolonged, met_on=date(2027, 1, 1))
    assert on(ToDo.ERASED, me) == []


def test_what_a_hold_keeps_is_not_erased_next_january(me):
    held = order(me, planned_end=TODAY)
    HoldFactory(client=held.client)
    assert on(ToDo.ERASED, me) == []


def test_what_it_tells_of_next_january_is_what_the_run_erases(me):
    told = [order(me, planned_end=date(2026, 12, 1), price=price) for price in (0, 120)]
    kept = [order(me), order(me, planned_end=date(2027, 1, 1))]
    assert set(on(ToDo.ERASED, me)) == {row.pk for row in told}
    run_on(date(2027, 1, 31))
    assert set(ServiceOrder.objects.values_list("pk", flat=True)) == {row.pk for row in kept}


def test_to_foresee_locks_nothing_and_says_what_the_run_decides(me):
    clients = [order(me, planned_end=TODAY).client_id, order(me).client_id]
    day = date(2027, 1, 31)
    assert due.foresee(clients, today=day) == due.decide(clients, today=day)
    assert due.foresee(clients, today=day).clients == clients[:1]


@pytest.mark.parametrize("kind", ToDo)
def test_only_own_clients_are_counted_and_listed(me, kind):
    values = {"planned_end": TODAY - DAY, **LONG_AGO} if kind is ToDo.EXPIRED else {}
    order(staff(Role.COUNSELLOR), **values)
    others = [staff(role) for role in Role if role != Role.COUNSELLOR]
    for person in [me, *others]:
        assert on(kind, person) == []
        assert not any(to_do.count(by=person, today=TODAY).values())


def test_a_list_that_somebody_else_made_opens_nothing(me):
    order(me, planned_end=TODAY)
    wanted = to_do.rows(ToDo.ENDING, by=me, today=TODAY)
    assert to_do.read(wanted, by=staff(Role.COUNSELLOR), today=TODAY) == []


def test_an_open_matter_alone_is_nothing_to_see_to(me):
    held = order(me, planned_end=TODAY - DAY, **LONG_AGO)
    HoldFactory(client=held.client)
    contact = staff(Role.COUNSELLOR, Role.DATA_PROTECTION)
    assert to_do.count(by=contact, today=TODAY)[ToDo.EXPIRED] == 0
    assert on(ToDo.EXPIRED, contact) == []


def test_a_count_is_no_read_and_a_page_of_a_list_is_one(me):
    rows = [order(me, planned_end=TODAY + days * DAY) for days in range(3)]
    to_do.count(by=me, today=TODAY)
    assert not AccessLogEntry.objects.exists()
    wanted = to_do.rows(ToDo.ENDING, by=me, today=TODAY)
    page = to_do.read(wanted, by=me, today=TODAY, start=1, stop=3)
    assert [row.pk for row in page] == [row.pk for row in rows[1:]]
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.view, entry.count) == (Action.LIST, "to_do", 2)
    named = AccessLogSubject.objects.filter(entry=entry.pk).values_list("client", flat=True)
    assert set(named) == {row.client_id for row in rows[1:]}


def test_what_is_open_stands_first_and_what_ends_first_before_the_rest(me):
    ended = order(me, planned_end=TODAY + DAY, actual_end=TODAY)
    later, overdue = (order(me, planned_end=TODAY + days * DAY, **LONG_AGO) for days in (9, -9))
    assert on(ToDo.ERASED, me) == [overdue.pk, later.pk, ended.pk]


def test_the_counts_take_as_many_queries_for_many_clients(me, django_assert_num_queries):
    order(me, planned_end=TODAY)
    with django_assert_num_queries(COUNTS):
        to_do.count(by=me, today=TODAY)
    for _ in range(20):
        order(me, planned_end=TODAY)
    with django_assert_num_queries(COUNTS):
        to_do.count(by=me, today=TODAY)
