"""C33, C34: clients of one who is away stand in the main user's list until handed over."""

from datetime import date, timedelta

import pytest

from register.domain.clients import without_counsellor
from register.models import AccessLogEntry, AccessLogSubject, Assignment
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import AssignmentFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


def client_of(counsellor, **order):
    ordered = ServiceOrderFactory(
        **{"planned_end": TODAY + 30 * DAY, "counsellor": counsellor.staff_member} | order
    )
    AssignmentFactory(user=counsellor, content_object=ordered.client)
    return ordered.client


def listed(today=TODAY):
    return list(without_counsellor.rows(today))


@pytest.mark.parametrize(
    "standing",
    [
        {"suspended_from": TODAY},
        {"suspended_from": TODAY - DAY, "suspended_until": TODAY},
        {
            "suspended_from": TODAY - 9 * DAY,
            "suspended_until": TODAY - 8 * DAY,
            "next_suspended_from": TODAY,
        },
        {"closed_on": TODAY},
    ],
    ids=str,
)
def test_clients_of_one_who_is_away_stand_there(standing):
    client = client_of(staff(Role.COUNSELLOR, **standing))
    assert listed() == [client]


@pytest.mark.parametrize(
    "standing",
    [
        {},
        {"suspended_from": TODAY + DAY},
        {"suspended_from": TODAY - DAY, "suspended_until": TODAY - DAY},
    ],
    ids=str,
)
def test_clients_of_one_who_is_there_do_not(standing):
    client_of(staff(Role.COUNSELLOR, **standing))
    assert listed() == []


def test_they_come_back_by_themselves_with_the_counsellor():
    client = client_of(staff(Role.COUNSELLOR, suspended_from=TODAY, suspended_until=TODAY))
    assert listed() == [client]
    assert listed(TODAY + DAY) == []


def test_who_is_no_counsellor_any_more_is_not_there():
    client = client_of(staff(Role.BILLING))
    assert listed() == [client]


def test_a_client_with_a_service_and_nobody_stands_there_and_one_without_does_not():
    waiting = ServiceOrderFactory(planned_end=TODAY).client
    ServiceOrderFactory(planned_end=TODAY - DAY)
    assert listed() == [waiting]


def test_a_colleague_takes_them_off(main_user):
    client = client_of(staff(Role.COUNSELLOR, suspended_from=TODAY))
    AssignmentFactory(user=staff(Role.COUNSELLOR), content_object=client)
    assert listed() == []


def test_the_main_user_reads_number_and_services_and_is_logged(main_user):
    absent = staff(Role.COUNSELLOR, suspended_from=TODAY)
    client = client_of(absent)
    over = ServiceOrderFactory(client=client, planned_end=TODAY - 9 * DAY)

    [found] = without_counsellor.read(by=main_user, today=TODAY, start=0, stop=9)

    assert found.client.get_deferred_fields() >= {"name", "email", "phone", "birth_year"}
    assert over not in found.orders
    assert found.orders[0].get_deferred_fields() >= {"specification_encrypted", "price"}
    assert absent.username in found.absent[0]
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.action, entry.view) == (
        main_user.pk,
        Action.LIST,
        "without_counsellor",
    )
    assert AccessLogSubject.objects.get().client == client.pk


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MAIN_USER])
def test_nobody_else_reads_it(role):
    client_of(staff(Role.COUNSELLOR, suspended_from=TODAY))
    by = staff(role)
    assert without_counsellor.read(by=by, today=TODAY, start=0, stop=9) == []
    assert without_counsellor.count(by=by, today=TODAY) == 0
    assert not AccessLogEntry.objects.exists()
    assert Assignment.objects.count() == 1
