"""What waits a year, waits for a person: no change lets the next run erase more, unread."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.domain.clients import records
from register.domain.orders import notes, orders
from register.domain.retention import hastening, holds, runs, status
from register.exceptions import ErasesSoon, NotAllowed
from register.models import AccessLogEntry, AccessLogSubject, Client, Note, ServiceOrder
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffHearingFactory,
    list_of_last_evening,
    night_of,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
TOMORROW = date(2026, 11, 27)
LONG_AGO = date(2025, 5, 1)


@pytest.fixture
def counsellor():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def order(counsellor):
    order = ServiceOrderFactory(starts_on=date(2025, 1, 2), counsellor=counsellor.staff_member)
    AssignmentFactory(user=counsellor, content_object=order.client)
    return order


def change(order, by, *, confirmed="", today=TODAY, **changes):
    act = partial(orders.change_order, order=order, changes=changes, seen=None, by=by, today=today)
    return hastening.carry_out(act, client=order.client_id, confirmed=confirmed, by=by, today=today)


def test_a_change_that_hastens_erasure_is_not_done_unread(order, counsellor):
    with pytest.raises(ErasesSoon) as asked:
        change(order, counsellor, planned_end=LONG_AGO)
    told = asked.value.outlook
    assert (told.day, told.orders, told.clients) == (TOMORROW, {order.pk}, {order.client_id})
    order.refresh_from_db()
    assert order.planned_end == date(2026, 12, 1)
    assert not AccessLogEntry.objects.exists()

    change(order, counsellor, planned_end=LONG_AGO, confirmed=asked.value.sign)
    entry = AccessLogEntry.objects.get(action=Action.HASTEN)
    assert (entry.actor, entry.object_key) == (counsellor.pk, str(order.pk))
    assert AccessLogSubject.objects.get(entry=entry.pk).client == order.client_id
    runs.apply(today=TOMORROW, now=night_of(TOMORROW))
    assert not Client.objects.exists()


def test_a_change_that_does_not_is_just_done(order, counsellor):
    change(order, counsellor, planned_end=date(2026, 12, 31))
    change(order, counsellor, actual_end=TODAY)
    assert not AccessLogEntry.objects.filter(action=Action.HASTEN).exists()


def test_what_is_due_already_is_not_asked_about_again(order, counsellor):
    ServiceOrder.objects.update(planned_end=LONG_AGO)
    change(order, counsellor, specification="Vielä yksi tieto")
    assert ServiceOrder.objects.get().specification == "Vielä yksi tieto"


@pytest.mark.parametrize(
    ("today", "asks"), [(date(2026, 12, 30), False), (date(2026, 12, 31), True)]
)
def test_the_day_is_that_of_the_next_run(order, counsellor, today, asks):
    wanted = {"actual_end": today, "price": 0}
    if not asks:
        change(order, counsellor, today=today, **wanted)
        return
    with pytest.raises(ErasesSoon):
        change(order, counsellor, today=today, **wanted)


def test_a_page_about_something_else_confirms_nothing(order, counsellor):
    with pytest.raises(ErasesSoon) as asked:
        change(order, counsellor, planned_end=LONG_AGO)
    other = ServiceOrderFactory(client=order.client, planned_end=date(2027, 3, 1))
    with pytest.raises(ErasesSoon) as again:
        change(order, counsellor, planned_end=LONG_AGO, confirmed=asked.value.sign)
    assert again.value.outlook.clients == frozenset()
    assert ServiceOrder.objects.filter(planned_end=LONG_AGO).count() == 0
    assert other.pk not in again.value.outlook.orders
    with pytest.raises(ErasesSoon):
        change(order, counsellor, planned_end=LONG_AGO, today=TOMORROW, confirmed=again.value.sign)


def test_a_new_client_whose_service_is_long_over(counsellor):
    StaffHearingFactory()
    values = {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "manner": "remote",
        "starts_on": date(2025, 1, 2),
        "planned_end": LONG_AGO,
        "price": 0,
    }
    facts = {"name": "Testi Henkilö", "email": "testi@example.org"}
    asked = {"by": counsellor, "today": TODAY}
    act = partial(records.add, facts=facts, order=values, **asked)
    with pytest.raises(ErasesSoon) as soon:
        hastening.carry_out(act, client=None, confirmed="", **asked)
    assert not Client.objects.exists()
    hastening.carry_out(act, client=None, confirmed=soon.value.sign, **asked)
    assert AccessLogEntry.objects.filter(action=Action.HASTEN).count() == 1


def test_a_note_that_loses_its_day_is_asked_about(order, counsellor):
    ServiceOrder.objects.update(planned_end=LONG_AGO, price=0)
    note = NoteFactory(order=order, author=counsellor.staff_member, met_on=date(2026, 3, 1))
    asked = {"by": counsellor, "today": TODAY}
    act = partial(
        notes.change_note, note=note, changes={"met_on": date(2025, 3, 1)}, seen=None, **asked
    )
    with pytest.raises(ErasesSoon):
        hastening.carry_out(act, client=order.client_id, confirmed="", **asked)
    assert Note.objects.get().met_on == date(2026, 3, 1)


def test_the_gate_is_asked_first(order):
    with pytest.raises(NotAllowed):
        change(order, staff(Role.COUNSELLOR), planned_end=LONG_AGO)


def test_what_is_foreseen_is_not_done():
    order = ServiceOrderFactory(starts_on=date(2025, 1, 2), planned_end=LONG_AGO, price=0)
    hold = HoldFactory(client=order.client)
    act = partial(holds.release, hold=hold, seen=None, by=staff(Role.DATA_PROTECTION), today=TODAY)
    soon = hastening.foresee(act, clients=[order.client_id], today=TODAY)
    assert (soon.orders, soon.clients) == ({order.pk}, {order.client_id})
    hold.refresh_from_db()
    assert hold.released_on is None
    assert not AccessLogEntry.objects.exists()


DAYS = st.dates(date(2025, 1, 2), date(2027, 2, 28))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "planned_end": DAYS,
        "actual_end": st.none() | DAYS,
        "price": st.sampled_from([Decimal(0), Decimal(120)]),
    },
)


@given(
    planned_end=DAYS,
    other_end=st.none() | DAYS,
    met_on=st.none() | DAYS,
    changes=CHANGES,
    held=st.booleans(),
    billed=st.booleans(),
    today=st.sampled_from(
        [TODAY, date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 15), date(2027, 1, 30)]
    ),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_erased_of_which_nobody_was_told(
    counsellor, planned_end, other_end, met_on, changes, held, billed, today
):
    """The oracle is the run itself, on the register as it was and as it is after the change."""
    with transaction.atomic():
        first = ServiceOrderFactory(starts_on=date(2025, 1, 2), planned_end=planned_end)
        AssignmentFactory(user=counsellor, content_object=first.client)
        if other_end:
            ServiceOrderFactory(
                client=first.client, starts_on=date(2025, 1, 2), planned_end=other_end, price=0
            )
        if met_on:
            NoteFactory(order=first, met_on=met_on)
        if held:
            HoldFactory(client=first.client)
        if billed:
            BookkeepingRowFactory(order=first)
            changes = {"specification": "muuttui"}
        # What is due already stands on its list; what the change makes due needs none.
        list_of_last_evening(today + timedelta(days=1))
        without = erased_by_the_next_run(today)
        try:
            change(first, counsellor, today=today, **changes)
        except ErasesSoon as asked:
            told = asked.outlook.orders | asked.outlook.clients
            assert told
            assert erased_by_the_next_run(today) == without
            change(first, counsellor, today=today, confirmed=asked.sign, **changes)
        else:
            told = set()
        assert erased_by_the_next_run(today) - without == told
        transaction.set_rollback(True)


def erased_by_the_next_run(today):
    """The keys that a real run of the next day would erase; it is undone again."""
    before = keys()
    with transaction.atomic():
        tomorrow = today + timedelta(days=1)
        runs.apply(today=tomorrow, now=night_of(tomorrow))
        after = keys()
        transaction.set_rollback(True)
    return before - after


def keys():
    return {
        *Client.objects.values_list("pk", flat=True),
        *ServiceOrder.objects.values_list("pk", flat=True),
    }


# --- the data protection contact sees it


def test_the_contact_is_told_how_many(order, counsellor):
    contact = staff(Role.DATA_PROTECTION)
    assert status.hastened(by=contact, today=TODAY) == 0
    with pytest.raises(ErasesSoon) as asked:
        change(order, counsellor, planned_end=LONG_AGO)
    change(order, counsellor, planned_end=LONG_AGO, confirmed=asked.value.sign)
    assert status.hastened(by=contact, today=TODAY) == 1
    for role in set(Role) - {Role.DATA_PROTECTION}:
        assert status.hastened(by=staff(role), today=TODAY) == 0
